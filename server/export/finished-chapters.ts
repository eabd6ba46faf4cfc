import type { Task } from '@creative-autogpt/protocol';

/** One chapter of a work, as far as it is written. */
export interface FinishedChapter {
  /** From 1. */
  readonly number: number;
  readonly text: string;
}

/** The newest finished text of each chapter: its revision or, while there is none, its draft. */
export function finishedChapters(tasks: readonly Task[]): readonly FinishedChapter[] {
  const revisions = textsByChapter(tasks, 'revision');
  const newest = new Map([...textsByChapter(tasks, 'draft'), ...revisions]);
  return Array.from(newest, ([number, text]) => ({ number, text })).sort(
    (one, other) => one.number - other.number,
  );
}

function textsByChapter(tasks: readonly Task[], taskType: string): Map<number, string> {
  const texts = new Map<number, string>();
  for (const { task_type, status, chapter_index, result } of tasks) {
    if (
      task_type === taskType &&
      status === 'completed' &&
      chapter_index !== null &&
      typeof result === 'string'
    ) {
      texts.set(chapter_index, result.trim());
    }
  }
  return texts;
}
