import { SeededRandom } from './random';

describe('SeededRandom', () => {
  const draws = (random: SeededRandom): number[] => Array.from({ length: 20 }, () => random.next());

  it('repeats itself for the same parts', () => {
    expect(draws(new SeededRandom(7, 'cast'))).toEqual(draws(new SeededRandom(7, 'cast')));
  });

  it('differs when any part differs', () => {
    expect(draws(new SeededRandom(7, 'cast'))).not.toEqual(draws(new SeededRandom(8, 'cast')));
    expect(draws(new SeededRandom(7, 'cast'))).not.toEqual(draws(new SeededRandom(7, 'world')));
  });

  it('gives the same numbers on every machine', () => {
    const random = new SeededRandom(1, '灯塔');
    expect(Array.from({ length: 5 }, () => random.integer(0, 99))).toEqual([70, 62, 74, 45, 42]);
  });

  it('stays from 0 up to but without 1', () => {
    for (const value of draws(new SeededRandom('range'))) {
      expect(value).toBeGreaterThanOrEqual(0);
      expect(value).toBeLessThan(1);
    }
  });

  it('shuffles without losing anything and without touching its input', () => {
    const items = [1, 2, 3, 4, 5, 6, 7, 8];
    const shuffled = new SeededRandom('shuffle').shuffled(items);
    expect(shuffled).not.toEqual(items);
    expect([...shuffled].sort()).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(items).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  });

  it('refuses to pick from nothing', () => {
    expect(() => new SeededRandom(1).pick([])).toThrowError(RangeError);
  });
});
