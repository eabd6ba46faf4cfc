import type { ExportFormat, Session, Task } from '@creative-autogpt/protocol';
import { languageOf } from '../engine/language-of';
import { EXPORT_WORDING } from './export-wording';
import { finishedChapters } from './finished-chapters';

/** A work as the content of a file. */
export interface ExportedWork {
  readonly contentType: string;
  readonly content: string;
}

/** The work as a file: its finished chapters to read, or as JSON the session with all its tasks. */
export function exportWork(session: Session, tasks: readonly Task[], format: ExportFormat): ExportedWork {
  switch (format) {
    case 'txt':
      return {
        contentType: 'text/plain; charset=utf-8',
        content: asText(session, tasks, { heading: plain }),
      };
    case 'md':
      return {
        contentType: 'text/markdown; charset=utf-8',
        content: asText(session, tasks, { heading: markdown }),
      };
    case 'json':
      return {
        contentType: 'application/json; charset=utf-8',
        content: `${JSON.stringify({ session, tasks }, null, 2)}\n`,
      };
  }
}

type Heading = (level: number, text: string) => string;

const plain: Heading = (_level, text) => text;
const markdown: Heading = (level, text) => `${'#'.repeat(level)} ${escapeMarkdown(text)}`;

function asText(session: Session, tasks: readonly Task[], { heading }: { heading: Heading }): string {
  const wording = EXPORT_WORDING[languageOf(session)];
  const chapters = finishedChapters(tasks).flatMap(({ number, text }) => [
    heading(2, wording.chapter(number)),
    text,
  ]);
  const body = chapters.length > 0 ? chapters : [wording.nothingYet];
  return `${[heading(1, session.title), ...body].join('\n\n')}\n`;
}

/** A title is not markup, whatever characters it has. */
function escapeMarkdown(text: string): string {
  return text.replace(/[\\`*_[\]<>#]/g, '\\$&').replace(/\s+/g, ' ');
}
