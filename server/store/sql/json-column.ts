import * as v from 'valibot';

/** A column that holds JSON text of something. */
export function jsonColumn<const TSchema extends v.GenericSchema>(schema: TSchema) {
  return v.pipe(v.string(), v.parseJson(), schema);
}
