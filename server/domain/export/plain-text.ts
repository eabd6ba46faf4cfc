import { markdownPassages } from '@creative-autogpt/protocol/markdown';
import { getDefaults, Parser, Renderer, type Token, type Tokens } from 'marked';

const RULE = '———';
const BULLET = '•';

/** Character references that authors write where they mean the character. */
const CHARACTERS: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
  '&nbsp;': '\u00a0',
};
const REFERENCE = /&(?:amp|lt|gt|quot|#39|nbsp);/g;

/**
 * A Markdown text as the words a reader sees, without marks. What cannot be read as Markdown stays as it is
 * written.
 */
export function plainText(markdown: string): string {
  return Array.from(markdownPassages(markdown), ({ raw, tokens }) =>
    tokens === null ? raw : written(tokens),
  )
    .map((passage) => passage.replace(/^\n+|\s+$/g, ''))
    .filter((passage) => passage !== '')
    .join('\n\n');
}

function written(tokens: readonly Token[]): string {
  return Parser.parse([...tokens], { ...getDefaults(), renderer: new PlainRenderer() });
}

/** Writes words in place of HTML. Each block ends with an empty line. */
class PlainRenderer extends Renderer {
  override space(): string {
    return '';
  }

  override hr(): string {
    return `${RULE}\n\n`;
  }

  override code({ text }: Tokens.Code): string {
    return `${text}\n\n`;
  }

  override blockquote({ tokens }: Tokens.Blockquote): string {
    return this.parser.parse(tokens);
  }

  override heading({ tokens }: Tokens.Heading): string {
    return `${this.parser.parseInline(tokens)}\n\n`;
  }

  override paragraph({ tokens }: Tokens.Paragraph): string {
    return `${this.parser.parseInline(tokens)}\n\n`;
  }

  override list({ items, loose, ordered, start }: Tokens.List): string {
    const lines = items.map((item, index) => {
      const mark = ordered ? `${String(Number(start) + index)}.` : BULLET;
      return `${mark} ${this.listitem(item).replace(/\n(?!\n)/g, `\n${' '.repeat(mark.length + 1)}`)}`;
    });
    return `${lines.join(loose ? '\n\n' : '\n')}\n\n`;
  }

  override listitem({ loose, tokens }: Tokens.ListItem): string {
    // In a tight list the box is a token of its own, which belongs to the line of the next one.
    const [first, ...others] = tokens;
    const box = first?.type === 'checkbox' ? this.parser.parse([first]) : '';
    const blocks = (box === '' ? tokens : others)
      .map((token) => this.parser.parse([token]).trim())
      .filter((text) => text !== '');
    return box + blocks.join(loose ? '\n\n' : '\n');
  }

  override checkbox({ checked }: Tokens.Checkbox): string {
    return checked ? '☑ ' : '☐ ';
  }

  override table({ header, rows }: Tokens.Table): string {
    const lines = [header, ...rows].map((row) =>
      row.map(({ tokens }) => this.parser.parseInline(tokens)).join('\t'),
    );
    return `${lines.join('\n')}\n\n`;
  }

  override strong({ tokens }: Tokens.Strong): string {
    return this.parser.parseInline(tokens);
  }

  override em({ tokens }: Tokens.Em): string {
    return this.parser.parseInline(tokens);
  }

  override del({ tokens }: Tokens.Del): string {
    return this.parser.parseInline(tokens);
  }

  override codespan({ text }: Tokens.Codespan): string {
    return text;
  }

  override br(): string {
    return '\n';
  }

  /** The address follows the words, where it is not what they are. */
  override link({ href, tokens }: Tokens.Link): string {
    const words = this.parser.parseInline(tokens);
    return href === words || href === `mailto:${words}` || words === ''
      ? words || href
      : `${words} (${href})`;
  }

  override image({ href, text }: Tokens.Image): string {
    return text || href;
  }

  override text(token: Tokens.Text | Tokens.Escape): string {
    return 'tokens' in token && token.tokens
      ? this.parser.parseInline(token.tokens)
      : token.text.replace(REFERENCE, (reference) => CHARACTERS[reference] ?? reference);
  }
}
