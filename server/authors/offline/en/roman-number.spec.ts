import { romanNumber } from './roman-number';

describe('romanNumber', () => {
  it('writes numbers in Roman numerals', () => {
    expect([1, 2, 4, 9, 14, 40, 90, 199].map(romanNumber)).toEqual([
      'I',
      'II',
      'IV',
      'IX',
      'XIV',
      'XL',
      'XC',
      'CXCIX',
    ]);
  });
});
