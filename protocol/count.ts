import * as v from 'valibot';

/** A number of things. */
export const Count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
