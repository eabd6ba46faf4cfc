import { setTimeout as pause } from 'node:timers/promises';

/** Milliseconds between two looks. */
const EVERY = 20;
/** Milliseconds after which it is taken for never, unless told otherwise. */
const LONGEST = 30_000;

/**
 * @param longest milliseconds after which it is taken for never
 * @throws Error when it does not become true.
 */
export async function until(isSo: () => boolean | Promise<boolean>, longest = LONGEST): Promise<void> {
  for (let waited = 0; !(await isSo()); waited += EVERY) {
    if (waited > longest) {
      throw new Error(`Not within ${longest} ms: ${isSo.toString()}`);
    }
    await pause(EVERY);
  }
}
