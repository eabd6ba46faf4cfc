const DIGITS = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九'] as const;

function digit(value: number): string {
  return DIGITS[value] ?? '';
}

function belowHundred(value: number, spokenTen: string): string {
  const tens = Math.floor(value / 10);
  const ones = value % 10;
  if (tens === 0) {
    return digit(ones);
  }
  return `${tens === 1 ? spokenTen : `${digit(tens)}十`}${ones === 0 ? '' : digit(ones)}`;
}

/** A whole number from 1 to 999 in Chinese numerals: 12 is 十二, 110 is 一百一十, 203 is 二百零三. */
export function chineseNumber(value: number): string {
  if (value < 100) {
    return belowHundred(value, '十');
  }
  const hundreds = `${digit(Math.floor(value / 100))}百`;
  const rest = value % 100;
  if (rest === 0) {
    return hundreds;
  }
  return `${hundreds}${rest < 10 ? '零' : ''}${belowHundred(rest, '一十')}`;
}
