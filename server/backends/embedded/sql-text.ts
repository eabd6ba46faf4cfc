import * as v from 'valibot';

/** Stands in front of a text whose bytes are damaged, and in no other: a stored text has no NUL. */
const DAMAGED = '\0';

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** A text column as SQL, for `Text` to read. @param name in the row. @default the column's */
export function asBytes(column: string, name = column): string {
  return `CAST(${column} AS BLOB) AS "${name}"`;
}

/**
 * A text from its bytes. Bytes that are no text become the replacement character, and `isDamagedText` tells
 * so; a column that must have a text and has none counts as damaged, too.
 */
export const Text = v.pipe(v.nullable(v.instance(ArrayBuffer)), v.transform(decoded));

/** As `Text`, for a column that may have none. */
export const OptionalText = v.nullable(
  v.pipe(
    v.instance(ArrayBuffer),
    v.transform((bytes) => decoded(bytes)),
  ),
);

/** A whole number; 0 where there is none, which damage alone leaves. `asNumber` selects it. */
export const WholeNumber = v.fallback(v.pipe(v.number(), v.safeInteger()), 0);

/** A column of whole numbers as SQL, whatever damage has made of it. */
export function asNumber(column: string, name = column): string {
  return `CAST(${column} AS INTEGER) AS "${name}"`;
}

export function isDamagedText(text: string): boolean {
  return text.startsWith(DAMAGED);
}

/** What people may see of a text, damaged or not. */
export function legible(text: string): string {
  return withoutNul(isDamagedText(text) ? text.slice(DAMAGED.length) : text);
}

/** libsql cuts a string off at its first NUL; as the replacement character nothing after it is lost. */
export function withoutNul(text: string): string {
  return text.replaceAll('\0', '\uFFFD');
}

function decoded(bytes: ArrayBuffer | null): string {
  if (bytes === null) {
    return DAMAGED;
  }
  try {
    const text = decoder.decode(bytes);
    return text.includes('\0') ? DAMAGED + text : text;
  } catch {
    // The only error of a fatal decoder: these bytes are not UTF-8.
    return DAMAGED + new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
  }
}
