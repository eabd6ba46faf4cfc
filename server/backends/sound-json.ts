/** Half of a surrogate pair, as `JSON.stringify` writes it; pairs stand as they are. */
const HALF = /(?<!\\)((?:\\\\)*)\\ud[89a-f][0-9a-f]{2}/g;

/**
 * A stored JSON text, with U+FFFD for halves of surrogate pairs. Earlier versions stored titles and goals as
 * they came, and not every format can say a half.
 */
export function soundJson(stored: string): string {
  // Most have none, and texts are long.
  return stored.includes('\\ud') ? stored.replace(HALF, '$1\ufffd') : stored;
}
