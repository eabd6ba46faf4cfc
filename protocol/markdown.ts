import { getDefaults, Lexer, type Token, Tokenizer, type Tokens, type TokensList } from 'marked';

/** How the texts of tasks are read: as Markdown, in bounded time whatever is in them, and without HTML. */

/** A part of a text that means the same alone as in the text. */
export interface MarkdownPassage {
  /** As it is written; together the passages are the text. */
  readonly raw: string;
  /** Its blocks; null for a passage that is to be shown as it is written. */
  readonly tokens: readonly Token[] | null;
}

/**
 * Lists, quotes and emphasis inside each other; deeper ones leave no room for words, and would overflow the
 * stack.
 */
const DEEPEST_NESTING = 8;
/** Cells of a table, counted as if all its rows were as long as its head: the parser fills them up. */
const LARGEST_TABLE = 2_000;
const TABLE_START = /^([^\n]*)\n[ :|-]*-[ :|-]*(?:\n|$)/;

/** Behind a blank line, before a letter or an opening mark: whatever was open, except code, ends there. */
const PARAGRAPH_START = /(?<=\n[ \t]*\n)(?=[\p{L}\p{Pi}\p{Ps}"])(?!\[)/u;
const CODE_FENCE = /^ {0,3}(?:```|~~~)/gm;

/** What the parser has to think about; its work grows with their number times the length of the passage. */
const MARKS = /[!*_~[\]<>`|#+=\\@&^-]|\d[.)]/g;
/** Work, in that measure, that a whole text may cost: about a tenth of a second for the worst of them. */
const LARGEST_WORK = 100_000_000;
/** What a passage costs whatever is in it: no text has more than 5,000 of them. */
const SMALLEST_WORK = LARGEST_WORK / 5_000;

/**
 * Bold type that Markdown does not see between Chinese characters, as they are not separated by spaces:
 * 说**“是”**。
 */
const CHINESE = String.raw`[\p{Script=Han}\u2014\u2018-\u201d\u2026\u3000-\u303f\uff01-\uff5e]`;
const CHINESE_BOLD = new RegExp(String.raw`^\*\*(${CHINESE}(?:[^*\n]*${CHINESE})?)\*\*(?!\*)`, 'u');

/** The passages of a text, in order. Never throws. */
export function* markdownPassages(text: string): Generator<MarkdownPassage> {
  let work = 0;
  let begin = 0;
  for (const raw of passages(text)) {
    work += Math.max(SMALLEST_WORK, raw.length * (raw.match(MARKS)?.length ?? 0));
    if (work > LARGEST_WORK) {
      yield { raw: text.slice(begin), tokens: null };
      return;
    }
    begin += raw.length;
    yield { raw, tokens: tokensOf(raw) };
  }
}

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

function tokensOf(passage: string): readonly Token[] | null {
  const lexer = new BoundedLexer({ ...getDefaults(), tokenizer: new TextTokenizer() });
  try {
    const tokens = lexer.lex(passage);
    return lexer.isTooDeep ? null : tokens;
  } catch {
    // The parser is not ours: a passage that it fails at is shown all the same, and so are those around it.
    return null;
  }
}

/** Knows no HTML, which is text like any other, and no definitions, which would vanish from the text. */
class TextTokenizer extends Tokenizer {
  override html(): undefined {
    return undefined;
  }

  override tag(): undefined {
    return undefined;
  }

  override def(): undefined {
    return undefined;
  }

  override table(source: string): Tokens.Table | undefined {
    const head = TABLE_START.exec(source)?.[1];
    if (head === undefined) {
      return undefined;
    }
    const rows = (source.split(/\n[ \t]*\n/, 1)[0] ?? '').split('\n').length;
    return head.split('|').length * rows > LARGEST_TABLE ? undefined : super.table(source);
  }

  override emStrong(
    source: string,
    maskedSource: string,
    previous?: string,
  ): Tokens.Em | Tokens.Strong | undefined {
    const known = super.emStrong(source, maskedSource, previous);
    const bold = known === undefined ? CHINESE_BOLD.exec(source) : null;
    const text = bold?.[1];
    return text === undefined
      ? known
      : { type: 'strong', raw: `**${text}**`, text, tokens: this.lexer.inlineTokens(text) };
  }
}

class BoundedLexer extends Lexer {
  /** Whether something was nested too deep to be read. */
  isTooDeep = false;
  #depth = 0;

  override blockTokens(
    source: string,
    tokens: TokensList = Object.assign([], { links: {} }),
    lastParagraphClipped?: boolean,
  ): TokensList {
    return this.#nested(tokens, () => super.blockTokens(source, tokens, lastParagraphClipped));
  }

  override inlineTokens(source: string, tokens: Token[] = []): Token[] {
    return this.#nested(tokens, () => super.inlineTokens(source, tokens));
  }

  /** @param read adds what it finds to these tokens */
  #nested<Found>(tokens: Found, read: () => unknown): Found {
    this.isTooDeep ||= this.#depth > DEEPEST_NESTING;
    if (!this.isTooDeep) {
      this.#depth++;
      read();
      this.#depth--;
    }
    return tokens;
  }
}
