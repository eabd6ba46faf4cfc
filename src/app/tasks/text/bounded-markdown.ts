import {
  getDefaults,
  Lexer,
  Parser,
  Renderer,
  type Token,
  Tokenizer,
  type Tokens,
  type TokensList,
} from 'marked';

/** Lists, quotes and emphasis inside each other; deeper ones leave no room for words, and would overflow the stack. */
const DEEPEST_NESTING = 8;
/** Cells of a table, counted as if all its rows were as long as its head: the parser fills them up. */
const LARGEST_TABLE = 2_000;
const TABLE_START = /^([^\n]*)\n[ :|-]*-[ :|-]*(?:\n|$)/;

/** Addresses a text may link to. All others are shown as they are written. */
const LINKABLE = /^(?:https?|mailto):/i;

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Text as HTML that shows exactly this text. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"]/g, (character) => ESCAPES[character] ?? character);
}

/** Knows no HTML, which is text like any other, and no definitions, which would vanish from the page. */
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
}

class BoundedLexer extends Lexer {
  /** Whether something was nested too deep to be read. */
  isTooDeep = false;
  private depth = 0;

  override blockTokens(
    source: string,
    tokens: TokensList = Object.assign([], { links: {} }),
    lastParagraphClipped?: boolean,
  ): TokensList {
    return this.nested(tokens, () => super.blockTokens(source, tokens, lastParagraphClipped));
  }

  override inlineTokens(source: string, tokens: Token[] = []): Token[] {
    return this.nested(tokens, () => super.inlineTokens(source, tokens));
  }

  /** @param read adds what it finds to these tokens */
  private nested<Found>(tokens: Found, read: () => unknown): Found {
    this.isTooDeep ||= this.depth > DEEPEST_NESTING;
    if (!this.isTooDeep) {
      this.depth++;
      read();
      this.depth--;
    }
    return tokens;
  }
}

/** Loads nothing from anywhere, and leads only to other sites. */
class InertRenderer extends Renderer {
  override link(token: Tokens.Link): string {
    return LINKABLE.test(token.href)
      ? `<a href="${escapeHtml(token.href)}" target="_blank" rel="noopener noreferrer">${this.parser.parseInline(token.tokens)}</a>`
      : escapeHtml(token.raw);
  }

  override image({ raw }: Tokens.Image): string {
    return escapeHtml(raw);
  }

  override checkbox({ checked }: Tokens.Checkbox): string {
    return checked ? '☑ ' : '☐ ';
  }
}

/**
 * The blocks of a Markdown text.
 *
 * @returns null for a text that is nested too deep
 */
export function boundedTokens(text: string): readonly Token[] | null {
  const lexer = new BoundedLexer({ ...getDefaults(), tokenizer: new TextTokenizer() });
  const tokens = lexer.lex(text);
  return lexer.isTooDeep ? null : tokens;
}

/** One block as HTML. */
export function blockHtml(token: Token): string {
  return Parser.parse([token], { ...getDefaults(), renderer: new InertRenderer() });
}
