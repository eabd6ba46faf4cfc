import { sentenceVariety } from './sentence-variety';
import { measured } from '../testing/measured';

describe('sentenceVariety', () => {
  it('is 0 when all sentences are of one length', () => {
    expect(sentenceVariety(measured('雾来了。灯灭了。人走了。'))).toEqual({
      score: 0,
      value: 0,
      unit: 'ratio',
      target: [0.4, 1.4],
    });
  });

  it('is good when short sentences stand beside long ones', () => {
    const text =
      '雾。她把灯举高了一点，朝着听得见水声、却什么也看不见的方向，慢慢走了过去。没有人。门自己开了。';
    expect(sentenceVariety(measured(text)).score).toBe(1);
  });
});
