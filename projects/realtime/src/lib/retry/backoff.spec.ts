import * as fc from 'fast-check';
import { backoffDelay } from './backoff';

describe('backoffDelay', () => {
  const options = { initialDelay: 1_000, maxDelay: 10_000, jitter: 0.2 };

  it('doubles from 1 s and stops at 10 s', () => {
    const delays = [1, 2, 3, 4, 5].map((attempt) => backoffDelay(attempt, options, 0));

    expect(delays).toEqual([1_000, 2_000, 4_000, 8_000, 10_000]);
  });

  it('adds up to the jitter', () => {
    expect(backoffDelay(2, options, 0.5)).toBe(2_200);
  });

  it('stays within the initial and the maximal delay for any attempt and any random number', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 10_000 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (attempt, random) => {
          const delay = backoffDelay(attempt, options, random);
          return delay >= 1_000 && delay <= 10_000;
        },
      ),
    );
    expect().nothing();
  });
});
