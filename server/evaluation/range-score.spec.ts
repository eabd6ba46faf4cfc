import { rangeScore } from './range-score';

describe('rangeScore', () => {
  const range = { from: 2, to: 4, worstBelow: 0, worstAbove: 8 };

  it('is 1 within the range', () => {
    expect([2, 3, 4].map((value) => rangeScore(value, range))).toEqual([1, 1, 1]);
  });

  it('falls in a straight line on both sides', () => {
    expect([1, 6].map((value) => rangeScore(value, range))).toEqual([0.5, 0.5]);
  });

  it('is 0 from the worst values on', () => {
    expect([-5, 0, 8, 100].map((value) => rangeScore(value, range))).toEqual([0, 0, 0, 0]);
  });
});
