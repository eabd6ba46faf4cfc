import { length } from './length';
import { measured } from '../testing/measured';

describe('length', () => {
  it('counts Chinese characters without spaces', () => {
    expect(length(measured('雾 来了。\n\n灯灭了。', 'zh', 8))).toEqual({
      score: 1,
      value: 8,
      unit: 'characters',
      target: 8,
    });
  });

  it('counts English words', () => {
    expect(length(measured('The fog came in.', 'en', 4))).toEqual({
      score: 1,
      value: 4,
      unit: 'words',
      target: 4,
    });
  });

  it('forgives a tenth', () => {
    expect(length(measured('雾'.repeat(91), 'zh', 100)).score).toBe(1);
    expect(length(measured('雾'.repeat(109), 'zh', 100)).score).toBe(1);
  });

  it('scores a text of half the length in between, and one of twice the length as 0', () => {
    expect(length(measured('雾'.repeat(50), 'zh', 100)).score).toBeCloseTo(0.556, 3);
    expect(length(measured('雾'.repeat(200), 'zh', 100)).score).toBe(0);
  });
});
