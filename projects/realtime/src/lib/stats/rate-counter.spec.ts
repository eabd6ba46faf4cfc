import * as fc from 'fast-check';
import { RateCounter } from './rate-counter';

describe('RateCounter', () => {
  it('averages the last ten whole seconds', () => {
    const counter = new RateCounter();
    for (let second = 100; second < 110; second += 1) {
      counter.add(50, second * 1_000);
    }

    expect(counter.perSecond(110_000)).toBe(50);
  });

  it('does not count the second under way', () => {
    const counter = new RateCounter();
    counter.add(1_000, 5_500);

    expect(counter.perSecond(5_900)).toBe(0);
    expect(counter.perSecond(6_000)).toBe(100);
  });

  it('is 0 after ten quiet seconds, however long they last', () => {
    const counter = new RateCounter();
    counter.add(1_000, 5_000);

    expect(counter.perSecond(15_999)).toBe(100);
    expect(counter.perSecond(16_000)).toBe(0);
    expect(counter.perSecond(9_999_000)).toBe(0);
    expect(counter.total).toBe(1_000);
  });

  it('loses nothing when the clock goes back', () => {
    const counter = new RateCounter();
    counter.add(10, 60_000);
    counter.add(10, 20_000);

    expect(counter.total).toBe(20);
    expect(counter.perSecond(61_000)).toBe(2);
  });

  it('is what a count of all events would say', () => {
    const events = fc.array(fc.record({ after: fc.nat({ max: 4_000 }), amount: fc.nat({ max: 1_000 }) }), {
      maxLength: 60,
    });
    fc.assert(
      fc.property(events, fc.nat({ max: 20_000 }), (steps, wait) => {
        const counter = new RateCounter();
        const counted: { second: number; amount: number }[] = [];
        let now = 1_000_000;
        for (const { after, amount } of steps) {
          now += after;
          counter.add(amount, now);
          counted.push({ second: Math.floor(now / 1_000), amount });
        }
        now += wait;
        const last = Math.floor(now / 1_000);
        const expected = counted
          .filter(({ second }) => second < last && second >= last - 10)
          .reduce((sum, { amount }) => sum + amount, 0);
        expect(counter.perSecond(now)).toBeCloseTo(expected / 10, 9);
      }),
    );
  });
});
