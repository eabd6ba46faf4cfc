const LINE_MARK = /^[ \t]*(?:#{1,6}[ \t]+|>[ \t]?|[-*+][ \t]+|\d{1,9}[.)][ \t]+)/u;
const RULE_LINE = /^[ \t]*(?:[-*_][ \t]*){3,}$/u;
const EMPHASIS_MARKS = /\*+|__+|`+/gu;

function plainLine(line: string): string {
  return RULE_LINE.test(line) ? '' : line.replace(LINE_MARK, '').replace(EMPHASIS_MARKS, '');
}

/** The lines of a Markdown text as a reader sees them: without marks, rules and empty lines. */
export function plainLines(markdown: string): string[] {
  return markdown
    .split(/\r?\n/u)
    .map((line) => plainLine(line).trim())
    .filter((line) => line !== '');
}
