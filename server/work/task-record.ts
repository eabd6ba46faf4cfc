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
  /** What was written of it when its process ended, for the next attempt to go on from. */
  checkpoint: v.nullish(v.string()),
});
export type TaskRecord = v.InferOutput<typeof TaskRecord>;

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
