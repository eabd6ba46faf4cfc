import { estimateTokens } from './estimate-tokens';

describe('estimateTokens', () => {
  it('counts nothing for nothing', () => {
    expect(estimateTokens('')).toBe(0);
  });

  it('counts Chinese by the character and English by the word, roughly', () => {
    expect(estimateTokens('雾中的灯塔')).toBe(4);
    expect(estimateTokens('The lighthouse in the fog')).toBe(7);
  });
});
