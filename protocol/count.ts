import * as v from 'valibot';

/** A number of things. */
export const Count = v.pipe(v.number(), v.integer(), v.minValue(0));
