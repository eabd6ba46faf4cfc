import type { ExportFormat, Session, Task } from '@creative-autogpt/protocol';
import { languageOf } from '../language-of';
import { EXPORT_WORDING } from './export-wording';
import { finishedChapters } from './finished-chapters';
import { plainText } from './plain-text';

/** How a work is exported to be read, or to be used by programs. */
export type WorkFormat = Exclude<ExportFormat, 'raw'>;

/** The media types of the files. */
export const EXPORT_TYPES: Readonly<Record<WorkFormat, string>> = {
  txt: 'text/plain; charset=utf-8',
  md: 'text/markdown; charset=utf-8',
  json: 'application/json; charset=utf-8',
};

/**
 * The work as a file, piece after piece: its finished chapters to read, or as JSON the session with all its
 * tasks.
 */
export function exportWork(session: Session, tasks: readonly Task[], format: WorkFormat): Iterable<string> {
  switch (format) {
    case 'txt':
      return asText(session, tasks, PLAIN);
    case 'md':
      return asText(session, tasks, MARKDOWN);
    case 'json':
      return asJson(session, tasks);
  }
}

/** As `JSON.stringify({ session, tasks }, null, 2)` has it. */
function* asJson(session: Session, tasks: readonly Task[]): Generator<string> {
  yield `{\n  "session": ${indented(session, 2)},\n  "tasks": [`;
  for (const [index, task] of tasks.entries()) {
    yield `${index === 0 ? '' : ','}\n    ${indented(task, 4)}`;
  }
  yield `${tasks.length === 0 ? '' : '\n  '}]\n}\n`;
}

/** Texts have no line breaks in JSON, so that all there are are those between fields. */
function indented(value: object, by: number): string {
  return JSON.stringify(value, null, 2).replaceAll('\n', `\n${' '.repeat(by)}`);
}

/** How a work is put into a file of one kind. */
interface Typesetting {
  readonly heading: (level: number, text: string) => string;
  /** @param markdown what an author wrote */
  readonly body: (markdown: string) => string;
}

const HEADING_MARK = /^#{1,6}[ \t]+/;

const PLAIN: Typesetting = {
  heading: (_level, text) => text,
  body: plainText,
};
const MARKDOWN: Typesetting = {
  heading: (level, text) => `${'#'.repeat(level)} ${escapeMarkdown(text)}`,
  body: (markdown) => markdown,
};

function* asText(
  session: Session,
  tasks: readonly Task[],
  { heading, body }: Typesetting,
): Generator<string> {
  const wording = EXPORT_WORDING[languageOf(session)];
  const chapters = finishedChapters(session, tasks);
  yield heading(1, session.title);
  for (const { number, text } of chapters) {
    // Authors are asked to begin a chapter with its title.
    const title = HEADING_MARK.test(text) ? [] : [heading(2, wording.chapter(number))];
    yield ['', ...title, body(text)].join('\n\n');
  }
  yield chapters.length > 0 ? '\n' : `\n\n${wording.nothingYet}\n`;
}

/** A title is not markup, whatever characters it has. */
function escapeMarkdown(text: string): string {
  return text.replace(/[\\`*_[\]<>#]/g, '\\$&').replace(/\s+/g, ' ');
}
