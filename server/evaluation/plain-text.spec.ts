import { plainLines } from './plain-text';

describe('plainLines', () => {
  it('takes away the marks of Markdown and leaves the words', () => {
    const markdown = '# Title\n\n- **Who**: `her`\n1. first\n> quoted\n\n* * *\n\nProse.';
    expect(plainLines(markdown)).toEqual(['Title', 'Who: her', 'first', 'quoted', 'Prose.']);
  });
});
