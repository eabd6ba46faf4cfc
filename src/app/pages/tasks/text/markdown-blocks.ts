import { type MarkdownPassage, markdownPassages } from '@creative-autogpt/protocol/markdown';
import type { Token } from 'marked';
import { blockHtml, escapeHtml } from './block-html';

/** Levels that headings of a text lie below the page's own, so that the page's outline stays in order. */
const HEADING_OFFSET = 2;
const LOWEST_HEADING = 6;

/**
 * A Markdown text as HTML, one string for each paragraph, heading, list…, in order. While a text grows at its
 * end, the blocks before the end stay the same strings. Every text is shown, and in bounded time: passages
 * that are nested too deep, or too long for all the marks in them, are shown as they are written.
 *
 * The HTML is not sanitized.
 */
export function markdownBlocks(text: string): readonly string[] {
  return Array.from(markdownPassages(text)).flatMap(passageBlocks);
}

function passageBlocks({ raw, tokens }: MarkdownPassage): readonly string[] {
  try {
    return tokens === null
      ? [plainBlock(raw)]
      : tokens.filter(({ type }) => type !== 'space').map((token) => blockHtml(lowered(token)));
  } catch {
    // The renderer is not ours: a passage that it fails at is shown all the same, and so are those around it.
    return [plainBlock(raw)];
  }
}

function plainBlock(text: string): string {
  return `<p class="plain">${escapeHtml(text.trim())}</p>\n`;
}

function lowered(token: Token): Token {
  return token.type === 'heading'
    ? { ...token, depth: Math.min(LOWEST_HEADING, Number(token.depth) + HEADING_OFFSET) }
    : token;
}
