import { Task } from '@creative-autogpt/protocol';
import * as v from 'valibot';
import { NO_TIME, remainsOf } from './remains';

const { result: _result, ...withoutText } = Task.entries;

/**
 * What is kept of a task, apart from its text. The fields `attempt_…` are about the attempt under way, and 0
 * without one.
 */
export const TaskRecord = v.looseObject({
  ...withoutText,
  /** Calls of the author. */
  call_count: v.number(),
  attempt_retries: v.number(),
  attempt_rewrites: v.number(),
  /** What was written of it when its process ended, for the next attempt to go on from. */
  checkpoint: v.nullish(v.string()),
});
export type TaskRecord = v.InferOutput<typeof TaskRecord>;

/**
 * A record as it is read. Earlier versions stored the token counts of a model as they came: those that are
 * none count as 0.
 */
export const ReadTaskRecord = v.looseObject({
  ...TaskRecord.entries,
  prompt_tokens: v.fallback(Task.entries.prompt_tokens, 0),
  completion_tokens: v.fallback(Task.entries.completion_tokens, 0),
  total_tokens: v.fallback(Task.entries.total_tokens, 0),
});

/** What a person may recognize a task by, as far as it is left. */
const Remains = v.object({
  task_type: v.fallback(Task.entries.task_type, 'damaged'),
  title: v.fallback(Task.entries.title, '(damaged)'),
  description: v.fallback(Task.entries.description, ''),
  chapter_index: v.fallback(Task.entries.chapter_index, null),
  created_at: v.fallback(Task.entries.created_at, NO_TIME),
  updated_at: v.fallback(Task.entries.updated_at, NO_TIME),
});

/** Which task it is, by what is kept beside its record. */
export interface TaskPlace {
  readonly taskId: string;
  readonly sessionId: string;
  /** Place in the plan, from 0. */
  readonly position: number;
}

/** What stands in the place of a task whose record cannot be read. It is never stored. */
export function damagedTask({ taskId, sessionId, position }: TaskPlace, stored: string): TaskRecord {
  return {
    ...v.parse(Remains, remainsOf(stored)),
    task_id: taskId,
    session_id: sessionId,
    position,
    status: 'failed',
    error: 'The stored record of this task is damaged. Start the session to have it written anew.',
    evaluation: null,
    started_at: null,
    completed_at: null,
    execution_time_seconds: null,
    prompt_tokens: 0,
    completion_tokens: 0,
    total_tokens: 0,
    failed_attempts: 0,
    retry_count: 0,
    llm_provider: null,
    llm_model: null,
    damaged: true,
    call_count: 0,
    attempt_retries: 0,
    attempt_rewrites: 0,
    checkpoint: null,
  };
}

/** What everybody may see of a task, without its text. */
export function toTaskWithoutText(record: TaskRecord): Task {
  const {
    call_count: _calls,
    attempt_retries: _retries,
    attempt_rewrites: _rewrites,
    checkpoint: _checkpoint,
    ...task
  } = record;
  return task;
}

/** @param text null for a task that is not written */
export function toTask(record: TaskRecord, text: string | null): Task {
  return { ...toTaskWithoutText(record), result: text };
}
