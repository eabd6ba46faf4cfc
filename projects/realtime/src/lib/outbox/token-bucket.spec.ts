import * as fc from 'fast-check';
import { TokenBucket } from './token-bucket';

describe('TokenBucket', () => {
  it('lets the first one pass at once, and the second after a pause', () => {
    const bucket = new TokenBucket(10, 0);

    expect(bucket.take(0)).toBe(0);
    expect(bucket.take(0)).toBe(100);
    expect(bucket.take(100)).toBe(0);
  });

  it('lets a tenth of a second catch up when a timer was late', () => {
    const bucket = new TokenBucket(50, 0);

    const passed = Array.from({ length: 50 }, () => bucket.take(60_000)).filter((wait) => wait === 0);

    expect(passed.length).toBe(5);
  });

  it('never lets more than the rate pass in a second, however late the timers are', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 100 }),
        fc.array(fc.nat({ max: 300 }), { maxLength: 200 }),
        (rate, lates) => {
          const bucket = new TokenBucket(rate, 0);
          const passed: number[] = [];
          let now = 0;
          for (const late of lates) {
            let wait = bucket.take(now);
            while (wait === 0) {
              passed.push(now);
              wait = bucket.take(now);
            }
            now += wait + late;
          }
          return passed.every(
            (at) => passed.filter((other) => other >= at && other < at + 1_000).length <= rate,
          );
        },
      ),
    );
    expect().nothing();
  });
});
