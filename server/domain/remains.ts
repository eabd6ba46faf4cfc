import * as v from 'valibot';

/** The time of a record that does not say any. */
export const NO_TIME = '1970-01-01T00:00:00.000Z';

const StoredObject = v.pipe(v.string(), v.parseJson(), v.looseObject({}));
const StoredString = v.pipe(v.string(), v.parseJson(), v.string());

const TITLE = /"title":("(?:[^"\\]|\\.)*")/;

/**
 * The fields of a record that cannot be read as a whole: all of them where it is still JSON, otherwise its
 * title, if any.
 */
export function remainsOf(damaged: string): Readonly<Record<string, unknown>> {
  const stored = damaged.replaceAll('\0', '');
  const fields = v.safeParse(StoredObject, stored);
  if (fields.success) {
    return fields.output;
  }
  const title = v.safeParse(StoredString, TITLE.exec(stored)?.[1]);
  return title.success ? { title: title.output } : {};
}
