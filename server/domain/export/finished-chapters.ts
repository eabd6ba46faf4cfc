import type { Session, Task } from '@creative-autogpt/protocol';
import { planTasks } from '../plan';

/** One chapter of a work, as far as it is written. */
export interface FinishedChapter {
  /** From 1. */
  readonly number: number;
  readonly text: string;
}

/**
 * The newest finished text of each chapter: its revision or, while there is none, its draft. The text of a
 * damaged task counts as finished: it is kept beside the record, and the plan says which chapter it is.
 */
export function finishedChapters(session: Session, tasks: readonly Task[]): readonly FinishedChapter[] {
  // What is left of a damaged session may not have the goal that the plan was made from.
  const plan = session.damaged === true ? [] : planTasks(session);
  const texts = { draft: new Map<number, string>(), revision: new Map<number, string>() };
  for (const { task_type, chapter_index, position, status, result, damaged } of tasks) {
    const planned = damaged === true ? plan[position] : undefined;
    const type = planned?.taskType ?? task_type;
    const chapter = planned?.chapterIndex ?? chapter_index;
    if (
      (type === 'draft' || type === 'revision') &&
      (status === 'completed' || damaged === true) &&
      chapter !== null &&
      typeof result === 'string'
    ) {
      texts[type].set(chapter, result.trim());
    }
  }
  const newest = new Map([...texts.draft, ...texts.revision]);
  return Array.from(newest, ([number, text]) => ({ number, text })).sort(
    (one, other) => one.number - other.number,
  );
}
