import { en } from './en';
import { zh } from './zh';

function textsOf(dictionary: object, path = ''): [string, string][] {
  return Object.entries(dictionary).flatMap(([key, value]: [string, unknown]): [string, string][] =>
    value instanceof Object ? textsOf(value, `${path}${key}.`) : [[path + key, String(value)]],
  );
}

const parametersOf = (text: string): string[] => (text.match(/{{\w+}}/g) ?? []).sort();

describe('the dictionaries', () => {
  const english = new Map(textsOf(en));

  for (const [key, text] of textsOf(zh)) {
    it(`take the same parameters in ${key}`, () => {
      expect(parametersOf(english.get(key) ?? '')).toEqual(parametersOf(text));
    });
  }

  it('say nothing that the other does not', () => {
    expect([...english.keys()]).toEqual(textsOf(zh).map(([key]) => key));
  });

  it('leave nothing unsaid', () => {
    expect([...textsOf(zh), ...textsOf(en)].filter(([, text]) => text.trim() === '')).toEqual([]);
  });
});
