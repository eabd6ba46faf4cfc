import * as fc from 'fast-check';
import { plainText } from './plain-text';

describe('plainText', () => {
  const examples: Record<string, [markdown: string, plain: string]> = {
    emphasis: ['*a* **b** ***c*** _d_ __e__ ~~f~~', 'a b c d e f'],
    'bold type between Chinese characters': [
      '**重点**。他说**“走”**然后**走。**了',
      '重点。他说“走”然后走。了',
    ],
    'stars that stand for themselves': ['2 * 3 * 4, and 5* or *', '2 * 3 * 4, and 5* or *'],
    'stars beside brackets': ['2**(3)**4', '2**(3)**4'],
    'low lines within words': ['snake_case_name', 'snake_case_name'],
    code: ['`a*b*` and\n\n```ts\nlet x = 1;\n\nlet y;\n```', 'a*b* and\n\nlet x = 1;\n\nlet y;'],
    links: [
      '[one](https://a.example) <https://b.example> ![a sea](c.png)',
      'one (https://a.example) https://b.example a sea',
    ],
    escapes: ['\\*not\\* \\# \\\\', '*not* # \\'],
    'character references': ['a &amp; b &lt;c&gt;', 'a & b <c>'],
    headings: ['# One #\n\nTwo\n===\n\n### Three', 'One\n\nTwo\n\nThree'],
    quotes: ['> one\n> two\n>\n> > three', 'one\ntwo\n\nthree'],
    lists: ['- one\n- two\n  1. three\n  2. four', '• one\n• two\n  1. three\n  2. four'],
    'a list with space': ['3. one\n\n   more\n\n4. two', '3. one\n\n   more\n\n4. two'],
    'a list of what is to be done': [
      '- [ ] find the *key*\n  - [x] ask Mara\n- [x] open',
      '• ☐ find the key\n  • ☑ ask Mara\n• ☑ open',
    ],
    'a list of what is to be done with space': ['1. [ ] find\n\n2. [x] open', '1. ☐ find\n\n2. ☑ open'],
    rules: ['one\n\n* * *\n\ntwo', 'one\n\n———\n\ntwo'],
    tables: ['|a|*b*|\n|-|-|\n|c|d|', 'a\tb\nc\td'],
    HTML: ['<b>one</b>\n\n<div>', '<b>one</b>\n\n<div>'],
    'lines of a poem': ['one\ntwo  \nthree', 'one\ntwo\nthree'],
    definitions: ['[a]: b', '[a]: b'],
  };
  for (const [what, [markdown, plain]] of Object.entries(examples)) {
    it(`writes ${what}`, () => {
      expect(plainText(markdown)).toBe(plain);
    });
  }

  for (const mark of ['> ', '- ', '1. ', '*', '[']) {
    it(`keeps a passage with 5,000 marks ${JSON.stringify(mark)}, and the one after it`, () => {
      const text = plainText(`${mark.repeat(5_000)}x\n\nAfter *it*.`);

      expect(text).toMatch(/x\n\nAfter it\.$/);
    });
  }

  it('keeps every word of any text', () => {
    const part = fc.constantFrom(
      ...[
        '字',
        '“',
        '*',
        '**',
        '_',
        '`',
        '[',
        ']',
        '](',
        '![',
        '<',
        '>',
        '\\',
        '&amp;',
        '# ',
        '- ',
        '> ',
        '1. ',
      ],
      ...['\n', '\n\n', '    ', '===\n', '"', '\u202e', '\ud83d', '\0', '\r\n'],
    );

    fc.assert(
      fc.property(fc.array(part, { maxLength: 60 }), (parts) => {
        const count = (text: string): number => text.split('字').length;
        expect(count(plainText(parts.join('')))).toBe(count(parts.join('')));
      }),
      { seed: 20261128, numRuns: 2_000 },
    );
  });
});
