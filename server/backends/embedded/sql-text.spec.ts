import * as v from 'valibot';
import { isDamagedText, legible, OptionalText, Text, WholeNumber } from './sql-text';

const bytesOf = (...bytes: readonly (string | number)[]): ArrayBuffer =>
  new Uint8Array(bytes.flatMap((part) => (typeof part === 'number' ? [part] : [...Buffer.from(part)])))
    .buffer;

describe('A text of a row', () => {
  it('is what its bytes say', () => {
    const text = v.parse(Text, bytesOf('\uFEFF星海 \uFFFD 🌊'));

    expect(text).toBe('\uFEFF星海 \uFFFD 🌊');
    expect(isDamagedText(text)).toBeFalse();
  });

  for (const [what, bytes] of Object.entries({
    'is not UTF-8': bytesOf('st', 0xa5, 'r'),
    'ends within a character': bytesOf('st', 0xe6, 0x98),
    'has a NUL, which is never stored': bytesOf('st', 0, 'r'),
  })) {
    it(`that ${what} is damaged, and keeps what can be read of it`, () => {
      const text = v.parse(Text, bytes);

      expect(isDamagedText(text)).toBeTrue();
      expect(legible(text)).toMatch(/^st\uFFFDr?$/);
    });
  }

  it('that is gone is damaged, unless there need not be one', () => {
    expect(isDamagedText(v.parse(Text, null))).toBeTrue();
    expect(v.parse(OptionalText, null)).toBeNull();
  });
});

describe('A whole number of a row', () => {
  it('is 0 where damage has left none', () => {
    expect([7, null, 0.5, bytesOf('7')].map((cell) => v.parse(WholeNumber, cell))).toEqual([7, 0, 0, 0]);
  });
});
