import { createHash } from 'node:crypto';
import { TASK_TYPES, type Session, type Task } from '@creative-autogpt/protocol';
import * as v from 'valibot';
import type { EarlierText, WritingBrief } from '../authors/author';
import { chapterCountOf } from '../domain/plan';
import { languageOf } from '../domain/language-of';
import { targetLengthOf } from '../domain/target-length';

const PlannedType = v.picklist(TASK_TYPES);

/** What the author is asked for one task, given all tasks of its session. */
export function briefFor(session: Session, task: Task, tasks: readonly Task[]): WritingBrief {
  const taskType = v.parse(PlannedType, task.task_type);
  const language = languageOf(session);
  return {
    taskType,
    workTitle: session.title,
    language,
    goal: session.goal,
    chapterIndex: task.chapter_index,
    chapterCount: chapterCountOf(session.goal),
    targetLength: targetLengthOf(session.goal, language, taskType),
    earlier: tasks.filter(({ position }) => position < task.position).flatMap(earlierText),
    seed: session.config.seed ?? seedFrom(session.id),
    attempt: task.retry_count,
    feedback: (session.feedback ?? [])
      .filter(({ task_id: taskId }) => taskId === null || taskId === task.task_id)
      .map(({ message }) => message),
    begun: '',
  };
}

function earlierText(task: Task): EarlierText[] {
  const taskType = v.safeParse(PlannedType, task.task_type);
  return typeof task.result === 'string' && taskType.success
    ? [
        {
          taskType: taskType.output,
          chapterIndex: task.chapter_index,
          title: task.title,
          text: task.result,
        },
      ]
    : [];
}

/** Two sessions that name no seed differ; one session begun again after a restart writes the same. */
function seedFrom(sessionId: string): number {
  return createHash('sha256').update(sessionId).digest().readUInt32BE(0);
}
