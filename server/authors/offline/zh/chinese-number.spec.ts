import { chineseNumber } from './chinese-number';

describe('chineseNumber', () => {
  it('says numbers as they are said', () => {
    expect([1, 10, 12, 20, 35, 100, 105, 110, 119, 200, 999].map(chineseNumber)).toEqual([
      '一',
      '十',
      '十二',
      '二十',
      '三十五',
      '一百',
      '一百零五',
      '一百一十',
      '一百一十九',
      '二百',
      '九百九十九',
    ]);
  });
});
