import fc from 'fast-check';
import * as v from 'valibot';

/** Changes that leave a text which may or may not still be a record. */
export const damage = fc.oneof(
  fc.record({ at: fc.double({ min: 0, max: 1, noNaN: true }), by: fc.lorem({ maxCount: 1 }) }),
  fc.record({ cutAt: fc.double({ min: 0, max: 1, noNaN: true }) }),
  fc.record({ field: fc.nat({ max: 40 }), value: fc.jsonValue({ maxDepth: 2 }) }),
  fc.record({ all: fc.constantFrom('', 'null', '[]', '{}', '7', '"text"', '{"id":1e999}') }),
);
type Damage = typeof damage extends fc.Arbitrary<infer T> ? T : never;

/** The text after the damage. */
export function damaged(stored: string, how: Damage): string {
  if ('all' in how) {
    return how.all;
  }
  if ('cutAt' in how) {
    return stored.slice(0, Math.floor(stored.length * how.cutAt));
  }
  if ('at' in how) {
    const at = Math.floor(stored.length * how.at);
    return stored.slice(0, at) + how.by + stored.slice(at + how.by.length);
  }
  const fields = v.parse(v.record(v.string(), v.unknown()), JSON.parse(stored));
  const names = Object.keys(fields);
  return JSON.stringify({ ...fields, [names[how.field % names.length] ?? '']: how.value });
}
