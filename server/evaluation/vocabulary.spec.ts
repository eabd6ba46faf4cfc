import { measured } from '../testing/measured';
import { vocabulary } from './vocabulary';

const ALPHABET = Array.from('abcdefghijklmnopqrstuvwxyz');

describe('vocabulary', () => {
  it('is the share of distinct words in a short text', () => {
    expect(vocabulary(measured('the fog and the lamp', 'en')).value).toBe(0.8);
  });

  it('is 0 without words', () => {
    expect(vocabulary(measured('……', 'zh'))).toEqual({ score: 0, value: 0, unit: 'ratio', target: [0.6, 1] });
  });

  it('does not fall as a text grows', () => {
    const words = ALPHABET.flatMap((one) => ALPHABET.map((other) => `${one}${other}x`)).slice(0, 100);
    const page = words.join(' ');
    const once = vocabulary(measured(page, 'en')).value;
    const often = vocabulary(measured(Array<string>(20).fill(page).join(' '), 'en')).value;
    expect(often).toBeCloseTo(once ?? 0, 10);
  });

  it('scores a text of few words low', () => {
    expect(vocabulary(measured('fog and lamp and '.repeat(60), 'en')).score).toBe(0);
  });
});
