import { getDefaults, Parser, Renderer, type Token, type Tokens } from 'marked';

/** Addresses a text may link to. All others are shown as they are written. */
const LINKABLE = /^(?:https?|mailto):/i;

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** One block of Markdown as HTML that loads nothing from anywhere, and leads only to other sites. */
export function blockHtml(token: Token): string {
  return Parser.parse([token], { ...getDefaults(), renderer: new InertRenderer() });
}

/** Text as HTML that shows exactly this text. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"]/g, (character) => ESCAPES[character] ?? character);
}

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
