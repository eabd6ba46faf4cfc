import * as fc from 'fast-check';
import { markdownBlocks } from './markdown-blocks';

describe('markdownBlocks', () => {
  it('makes one string of HTML of each block', () => {
    expect(markdownBlocks('One.\n\nTwo *words*.')).toEqual(['<p>One.</p>\n', '<p>Two <em>words</em>.</p>\n']);
  });

  it('keeps the blocks before the end as they are while the text grows', () => {
    const [first] = markdownBlocks('One.\n\nTw');

    expect(markdownBlocks('One.\n\nTwo, and mo')[0]).toBe(first ?? '');
  });

  it('puts headings below those of the page', () => {
    expect(markdownBlocks('# One')).toEqual(['<h3>One</h3>\n']);
  });

  it('has no heading below the sixth', () => {
    expect(markdownBlocks('##### One')).toEqual(['<h6>One</h6>\n']);
  });

  it('makes nothing of no text', () => {
    expect(markdownBlocks('')).toEqual([]);
  });

  it('shows HTML as it is written, and the Markdown in it as Markdown', () => {
    expect(markdownBlocks('He typed <b>**x**</b>.')).toEqual([
      '<p>He typed &lt;b&gt;<strong>x</strong>&lt;/b&gt;.</p>\n',
    ]);
    expect(markdownBlocks('<div onclick="x">\n\n<!-- no -->')).toEqual([
      '<p>&lt;div onclick=&quot;x&quot;&gt;</p>\n',
      '<p>&lt;!-- no --&gt;</p>\n',
    ]);
  });

  it('leads to other sites in a window of their own', () => {
    expect(markdownBlocks('[a *b*](https://example.com/?a=1&b "t")')).toEqual([
      '<p><a href="https://example.com/?a=1&amp;b" target="_blank" rel="noopener noreferrer">a <em>b</em></a></p>\n',
    ]);
  });

  for (const written of [
    '[a](javascript:alert)',
    '[a](data:text/html,b)',
    '[a](/tasks)',
    '![a](https://example.com/a.png)',
    '![a](data:image/png;base64,AAAA)',
  ]) {
    it(`shows ${written} as it is written`, () => {
      expect(markdownBlocks(written)).toEqual([`<p>${written}</p>\n`]);
    });
  }

  it('keeps a definition that Markdown would take out of the text', () => {
    expect(markdownBlocks('[a]: b')).toEqual(['<p>[a]: b</p>\n']);
  });

  for (const mark of ['> ', '- ', '1. ', '>', '  - ']) {
    it(`shows a passage inside 3,000 marks ${JSON.stringify(mark)} as it is written, and its neighbours as Markdown`, () => {
      const deep = mark.repeat(3_000) + 'x';

      expect(markdownBlocks(`Before *it*.\n\n${deep}\n\nAfter *it*.`)).toEqual([
        `<p class="plain">${`Before *it*.\n\n${deep}`.replaceAll('>', '&gt;')}</p>\n`,
        '<p>After <em>it</em>.</p>\n',
      ]);
    });
  }

  it('keeps code with blank lines in one piece', () => {
    expect(markdownBlocks('```\none\n\ntwo\n```')).toEqual(['<pre><code>one\n\ntwo\n</code></pre>\n']);
  });

  it('keeps the paragraphs of a list item in their list', () => {
    expect(markdownBlocks('1. one\n\n   more\n\n2. two')).toHaveSize(1);
  });

  it('sees bold type between Chinese characters', () => {
    expect(markdownBlocks('他说**“走”**，走。')).toEqual(['<p>他说<strong>“走”</strong>，走。</p>\n']);
  });

  it('shows a table, but not one that its parser would fill up to 2,000 cells and more', () => {
    expect(markdownBlocks('|a|b|\n|-|-|\n|c|d|')[0]).toMatch(/^<table>/);
    expect(markdownBlocks(`${'|a'.repeat(100)}\n${'|-'.repeat(100)}\n${'x\n'.repeat(1_000)}`)[0]).not.toMatch(
      /^<table>/,
    );
  });

  // The parser's work on these grows with the square of their length: without a bound it takes minutes.
  for (const [piece, letter] of [
    ['!', '!'],
    ['_a', 'a'],
    ['**a', 'a'],
    ['* a\n\n', 'a'],
    ['1. a\n', 'a'],
    ['|a', 'a'],
    ['`*', '*'],
    ['[', '['],
    ['<div>\n', 'd'],
    ['a\n\n', 'a'],
    ['a', 'a'],
  ] as const) {
    it(`shows all of a million characters of ${JSON.stringify(piece)}`, () => {
      const count = Math.floor(1_000_000 / piece.length);

      const blocks = markdownBlocks(piece.repeat(count));

      expect(blocks.length).toBeLessThanOrEqual(5_001);
      expect(shown(blocks).split(letter).length - 1).toBe(count);
    });
  }

  it('shows every word of any text', () => {
    const word = fc.constantFrom('word', '字', 'שלום');
    const marks = fc.constantFrom(
      ...[
        '*',
        '**',
        '_',
        '`',
        '```\n',
        '~~',
        '[',
        ']',
        '(',
        ')',
        '](',
        '![',
        '<',
        '>',
        '</b>',
        '<!--',
        '\\',
        '&amp;',
      ],
      ...[
        '# ',
        '- ',
        '> ',
        '1. ',
        '|',
        '\n|-|\n',
        '\n',
        '\n\n',
        '    ',
        '\t',
        '===\n',
        '***\n',
        '"',
        'javascript:',
      ],
      ...['\u202e', '\ud83d', '\0', '\r\n', '\ufeff'],
    );
    const text = fc.array(fc.oneof(word, marks), { maxLength: 60 });

    fc.assert(
      fc.property(text, (parts) => {
        const words = parts.filter((part) => /^\p{L}+$/u.test(part));
        const seen = shown(markdownBlocks(parts.join('')));
        expect(words.every((one) => seen.includes(one))).toBeTrue();
      }),
      { seed: 20261128, numRuns: 2_000 },
    );
  });
});

/** The text that a page shows of these blocks. */
function shown(blocks: readonly string[]): string {
  return new DOMParser().parseFromString(blocks.join(''), 'text/html').body.textContent;
}
