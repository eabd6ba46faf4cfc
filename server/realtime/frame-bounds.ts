/**
 * Most values in one message of a client, or in the body of a request; the names of fields are values, too. No
 * message of the protocol needs a third of them.
 */
const MAX_VALUES = 256;

/** Most objects and arrays inside each other. */
const MAX_LEVELS = 32;

/** A message has more values, or more of them inside each other, than any message needs. */
export class FrameBoundsError extends Error {
  constructor() {
    super(`There may be at most ${MAX_VALUES} values, in at most ${MAX_LEVELS} levels.`);
  }
}

/**
 * Is told what a frame says that it holds, before anything is allocated for it: a few bytes may claim to be
 * large, and small values cost many times their bytes.
 *
 * @param values so far, with the names of fields
 * @param levels that are open, of objects and arrays
 * @throws FrameBoundsError when it is too much
 */
export function checkBounds(values: number, levels: number): void {
  if (values > MAX_VALUES || levels > MAX_LEVELS) {
    throw new FrameBoundsError();
  }
}
