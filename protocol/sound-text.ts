/**
 * What texts and numbers from outside become before anything is done with them: such that every store keeps
 * them, every format says them, and every page shows them as they are.
 */

/** Half of a surrogate pair: it is no character, and UTF-8 cannot say it. */
const HALF = /\p{Surrogate}/gu;

/** Control characters, but for tab and line feed. */
const CONTROL = /[^\P{Control}\t\n]/gu;

/** Turn the direction of what is written around a text, too, such as that of the end of a file's name. */
const TURNING = /[\u202a-\u202e\u2066-\u2069]/gu;

/** A character that is seen: no space, control or format character, and none that is drawn as nothing. */
export const VISIBLE = /[^\p{Other}\p{Separator}\p{Default_Ignorable_Code_Point}\u2800]/u;

/** Half of a surrogate pair becomes U+FFFD; control characters other than tab and line feed are dropped. */
export function soundText(text: string): string {
  return text.replace(HALF, '\ufffd').replace(CONTROL, '');
}

/** The same in one line, and without characters that turn what is written around it. */
export function soundTitle(text: string): string {
  return soundText(text.replace(/\s+/gu, ' ')).replace(TURNING, '').trim();
}

/** The same of all texts in a JSON value, with the names of fields. */
export function soundValue(value: unknown): unknown {
  if (typeof value === 'string') {
    return soundText(value);
  }
  if (Array.isArray(value)) {
    return value.map(soundValue);
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [soundText(name), soundValue(inner)]),
  );
}

/**
 * The path of a number in a JSON value that was too large for a double, which JSON has no word for once it is
 * read; undefined where there is none.
 */
export function infiniteNumberIn(value: unknown): string | undefined {
  if (value === Infinity || value === -Infinity) {
    return '';
  }
  if (typeof value === 'object' && value !== null) {
    for (const [name, inner] of Object.entries(value)) {
      const path = infiniteNumberIn(inner);
      if (path !== undefined) {
        return path === '' ? name : `${name}.${path}`;
      }
    }
  }
  return undefined;
}
