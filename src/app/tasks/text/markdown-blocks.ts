import type { Token } from 'marked';
import { blockHtml, boundedTokens, escapeHtml } from './bounded-markdown';

/** Levels that headings of a text lie below the page's own, so that the page's outline stays in order. */
const HEADING_OFFSET = 2;
const LOWEST_HEADING = 6;

/** Behind a blank line, before a letter or a quotation mark: whatever was open, except code, ends there. */
const PARAGRAPH_START = /(?<=\n[ \t]*\n)(?=[\p{L}\p{Pi}\p{Ps}"])(?!\[)/u;
const CODE_FENCE = /^ {0,3}(?:```|~~~)/gm;

/** What the parser has to think about; its work grows with their number times the length of the passage. */
const MARKS = /[!*_~[\]<>`|#+=\\@&^-]|\d[.)]/g;
/** Work, in that measure, that a whole text may cost: about a tenth of a second for the worst of them. */
const LARGEST_WORK = 100_000_000;
/** What a passage costs whatever is in it: no text has more than 5,000 of them. */
const SMALLEST_WORK = LARGEST_WORK / 5_000;

/**
 * A Markdown text as HTML, one string for each paragraph, heading, list…, in order. While a text grows at its end,
 * the blocks before the end stay the same strings. Every text is shown, and in bounded time: passages that are nested too
 * deep, or too long for all the marks in them, are shown as they are written.
 *
 * The HTML is not sanitized.
 */
export function markdownBlocks(text: string): readonly string[] {
  const blocks: string[] = [];
  let work = 0;
  let rest = text;
  for (const passage of passages(text)) {
    work += Math.max(SMALLEST_WORK, passage.length * (passage.match(MARKS)?.length ?? 0));
    if (work > LARGEST_WORK) {
      return [...blocks, plainBlock(rest)];
    }
    blocks.push(...passageBlocks(passage));
    rest = rest.slice(passage.length);
  }
  return blocks;
}

/** Passages that mean the same alone as in the text; together they are the text. */
function* passages(text: string): Generator<string> {
  let passage = '';
  let isCode = false;
  for (const part of text.split(PARAGRAPH_START)) {
    passage += part;
    isCode = (part.match(CODE_FENCE)?.length ?? 0) % 2 === 1 ? !isCode : isCode;
    if (!isCode) {
      yield passage;
      passage = '';
    }
  }
  yield passage;
}

function passageBlocks(passage: string): readonly string[] {
  try {
    const tokens = boundedTokens(passage);
    return tokens === null
      ? [plainBlock(passage)]
      : tokens.filter(({ type }) => type !== 'space').map((token) => blockHtml(lowered(token)));
  } catch {
    // The parser is not ours: a passage that it fails at is shown all the same, and so are those around it.
    return [plainBlock(passage)];
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
