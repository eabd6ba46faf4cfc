import { checkBounds } from './frame-bounds';

/** Also one without an end. */
const STRING = /"(?:[^"\\]+|\\.)*"?/gs;
const MARK = /[[\]{},:]/g;

/**
 * Looks at the marks between the values of a JSON text. Whether it is JSON is for the parser to say.
 *
 * @throws FrameBoundsError when it holds too much
 */
export function checkJsonBounds(text: string): void {
  let values = 1;
  let levels = 0;
  for (const [mark] of text.replace(STRING, '').matchAll(MARK)) {
    if (mark === ']' || mark === '}') {
      levels -= 1;
    } else {
      values += 1;
      levels += mark === '[' || mark === '{' ? 1 : 0;
    }
    if (levels < 0) {
      return;
    }
    checkBounds(values, levels);
  }
}
