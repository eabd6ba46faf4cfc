import { trimToLength } from './trim-to-length';

describe('trimToLength', () => {
  it('leaves alone what is short enough', () => {
    expect(trimToLength([['一二三。'], ['四五六。']], 8, 'zh')).toEqual([['一二三。'], ['四五六。']]);
  });

  it('takes the last sentence of the longest section first', () => {
    expect(trimToLength([['一二三。四五六。'], ['七八九。']], 8, 'zh')).toEqual([['一二三。'], ['七八九。']]);
  });

  it('drops a paragraph that has lost all its sentences', () => {
    expect(trimToLength([['一二三。', '四五六。']], 4, 'zh')).toEqual([['一二三。']]);
  });

  it('ends with nothing when not even one sentence fits', () => {
    expect(trimToLength([['一二三。']], 2, 'zh')).toEqual([[]]);
  });
});
