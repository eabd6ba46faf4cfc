import { marked, type Token } from 'marked';

/** Levels that headings of a text lie below the page's own, so that the page's outline stays in order. */
const HEADING_OFFSET = 2;
const LOWEST_HEADING = 6;

/**
 * A Markdown text as HTML, one string for each paragraph, heading, list…, in order. While a text grows at its end,
 * the blocks before the end stay the same strings. The HTML is not sanitized.
 */
export function markdownBlocks(text: string): readonly string[] {
  return marked
    .lexer(text)
    .filter(({ type }) => type !== 'space')
    .map((token) => marked.parser([lowered(token)]));
}

function lowered(token: Token): Token {
  return token.type === 'heading'
    ? { ...token, depth: Math.min(LOWEST_HEADING, Number(token.depth) + HEADING_OFFSET) }
    : token;
}
