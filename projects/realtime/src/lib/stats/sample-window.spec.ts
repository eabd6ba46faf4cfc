import * as fc from 'fast-check';
import { SampleWindow } from './sample-window';

/** The percentile by its definition: the smallest value that enough of all values do not exceed. */
function byDefinition(values: readonly number[], percent: number): number {
  const candidates = values.filter(
    (value) => 100 * values.filter((other) => other <= value).length >= percent * values.length,
  );
  return Math.min(...candidates);
}

describe('SampleWindow', () => {
  it('knows no percentile without samples', () => {
    expect(new SampleWindow(4).percentiles([50, 99])).toEqual([NaN, NaN]);
  });

  it('says of 1 to 100 what everybody expects', () => {
    const window = new SampleWindow(128);
    for (let sample = 100; sample >= 1; sample -= 1) {
      window.add(sample);
    }

    expect(window.percentiles([50, 95, 99, 100])).toEqual([50, 95, 99, 100]);
  });

  it('is exact for the last samples, whatever they are, and forgets all before', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 40 }),
        fc.array(fc.double({ min: 0, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 120 }),
        fc.array(fc.integer({ min: 1, max: 100 }), { minLength: 1, maxLength: 4 }),
        (size, samples, percents) => {
          const window = new SampleWindow(size);
          samples.forEach((sample) => window.add(sample));
          const last = samples.slice(-size);
          expect(window.count).toBe(last.length);
          expect(window.percentiles(percents)).toEqual(
            percents.map((percent) => byDefinition(last, percent)),
          );
        },
      ),
    );
  });
});
