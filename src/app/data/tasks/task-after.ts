import { Task, type TaskUpdate } from '@creative-autogpt/protocol';
import * as v from 'valibot';

/** Whether a task has a text: finished tasks and tasks that wait for approval have one. */
export function isWritten({ status }: Task): boolean {
  return status === 'completed' || status === 'pending_approval';
}

/** Whether a task is known with its text, where it has one. Lists come without texts. */
export function isWhole(task: Task | undefined): boolean {
  return task !== undefined && (!isWritten(task) || typeof task.result === 'string');
}

/** A list comes without texts: a known text stays for as long as its task has a text. */
export function withKnownText(known: Task | undefined, answer: Task): Task {
  return answer.result === undefined && isWritten(answer) && known?.result
    ? { ...answer, result: known.result }
    : answer;
}

export function withoutText(task: Task): Task {
  return typeof task.result === 'string' ? { ...task, result: undefined } : task;
}

/** A task after an update; undefined where the task is unknown and the update lacks fields. */
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
 * Whether an update has every field of the known task: then the update is the task, and needs no merge. A
 * server may send thousands of whole tasks a second, and the merge would cost most of the time of each.
 */
function tellsAllOf(task: Task, data: TaskUpdate['data']): data is Task {
  return Object.keys(task).every((field) => field in data);
}
