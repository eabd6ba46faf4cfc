import type { ExportFormat, Session, Task } from '@creative-autogpt/protocol';
import { languageOf } from '../language-of';
import { EXPORT_WORDING } from './export-wording';
import { finishedChapters } from './finished-chapters';
import { plainText } from './plain-text';

/** A work as the content of a file. */
export interface ExportedWork {
  readonly contentType: string;
  readonly content: string;
}

/** The work as a file: its finished chapters to read, or as JSON the session with all its tasks. */
export function exportWork(
  session: Session,
  tasks: readonly Task[],
  format: Exclude<ExportFormat, 'raw'>,
): ExportedWork {
  switch (format) {
    case 'txt':
      return {
        contentType: 'text/plain; charset=utf-8',
        content: asText(session, tasks, PLAIN),
      };
    case 'md':
      return {
        contentType: 'text/markdown; charset=utf-8',
        content: asText(session, tasks, MARKDOWN),
      };
    case 'json':
      return {
        contentType: 'application/json; charset=utf-8',
        content: `${JSON.stringify({ session, tasks }, null, 2)}\n`,
      };
  }
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

function asText(session: Session, tasks: readonly Task[], { heading, body }: Typesetting): string {
  const wording = EXPORT_WORDING[languageOf(session)];
  const chapters = finishedChapters(session, tasks).flatMap(({ number, text }) =>
    // Authors are asked to begin a chapter with its title.
    HEADING_MARK.test(text) ? [body(text)] : [heading(2, wording.chapter(number)), body(text)],
  );
  const parts = chapters.length > 0 ? chapters : [wording.nothingYet];
  return `${[heading(1, session.title), ...parts].join('\n\n')}\n`;
}

/** A title is not markup, whatever characters it has. */
function escapeMarkdown(text: string): string {
  return text.replace(/[\\`*_[\]<>#]/g, '\\$&').replace(/\s+/g, ' ');
}
