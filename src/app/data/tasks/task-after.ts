import { Task, type TaskUpdate } from '@creative-autogpt/protocol';
import * as v from 'valibot';

/** Whether a task has a text: a finished one has, and so has one that waits for approval. */
export function isWritten({ status }: Task): boolean {
  return status === 'completed' || status === 'pending_approval';
}

/** Whether there is all of a task to show; a written one known from a list lacks its text. */
export function isWhole(task: Task | undefined): boolean {
  return task !== undefined && (!isWritten(task) || typeof task.result === 'string');
}

/** A summary comes without the text: a text that is known stays, unless the task has none any more. */
export function withKnownText(known: Task | undefined, answer: Task): Task {
  return answer.result === undefined && isWritten(answer) && known?.result
    ? { ...answer, result: known.result }
    : answer;
}

export function withoutText(task: Task): Task {
  return typeof task.result === 'string' ? { ...task, result: undefined } : task;
}

/** A task after an update; undefined where nothing is known of it and the update does not tell all. */
export function taskAfter(
  known: Task | undefined,
  { session_id: sessionId, data }: TaskUpdate,
): Task | undefined {
  if (known) {
    // An update, which always tells the status, is of a sound record where it does not say `damaged`.
    const mended = known.damaged ? { damaged: false } : {};
    return tellsAllOf(known, data) ? data : Object.assign({}, known, mended, data);
  }
  const whole = v.safeParse(Task, { ...(sessionId !== undefined && { session_id: sessionId }), ...data });
  return whole.success ? whole.output : undefined;
}

/**
 * Whether nothing of what is known would be left after an update: then it is the task, and need not be joined
 * with the one before. Servers that always tell the whole task may tell thousands a second, and joining costs
 * the most of each.
 */
function tellsAllOf(task: Task, data: TaskUpdate['data']): data is Task {
  return Object.keys(task).every((field) => field in data);
}
