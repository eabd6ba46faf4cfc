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
});
