import { Task } from '@creative-autogpt/protocol';
import * as v from 'valibot';

const { result: _result, ...withoutText } = Task.entries;

/** What is kept of a task, apart from its text. The fields `attempt_…` are about the attempt under way, and 0 without one. */
export const TaskRecord = v.looseObject({
  ...withoutText,
  /** Calls of the author. */
  call_count: v.number(),
  attempt_retries: v.number(),
  attempt_rewrites: v.number(),
});
export type TaskRecord = v.InferOutput<typeof TaskRecord>;

/** What everybody may see of a task, without its text. */
export function toTaskWithoutText(record: TaskRecord): Task {
  const { call_count: _calls, attempt_retries: _retries, attempt_rewrites: _rewrites, ...task } = record;
  return task;
}

/** @param text null for a task that is not written */
export function toTask(record: TaskRecord, text: string | null): Task {
  return { ...toTaskWithoutText(record), result: text };
}
