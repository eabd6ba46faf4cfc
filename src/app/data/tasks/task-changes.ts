import { type SessionDeleted, Task, type TaskUpdate } from '@creative-autogpt/protocol';
import * as v from 'valibot';

/** Everything the server says about tasks by itself. */
export type TaskEvent = TaskUpdate | SessionDeleted;

/** What a run of events comes to. */
export interface TaskChanges {
  /** New and changed tasks, as they are after the last event. */
  readonly changed: ReadonlyMap<string, Task>;
  /** Sessions that are gone, and their tasks with them. */
  readonly goneSessions: ReadonlySet<string>;
  /** Tasks of which only some fields were told, and nothing is known. */
  readonly unknown: ReadonlySet<string>;
}

/** Applies events, in order, over what is known. Nothing brings back the task of a session that was deleted. */
export function taskChanges(
  known: (taskId: string) => Task | undefined,
  events: readonly TaskEvent[],
): TaskChanges {
  const changed = new Map<string, Task>();
  const goneSessions = new Set<string>();
  const unknown = new Set<string>();
  for (const event of events) {
    if (event.event === 'session.deleted') {
      goneSessions.add(event.session_id);
      continue;
    }
    const { task_id: taskId } = event.data;
    const task = withFields(changed.get(taskId) ?? known(taskId), event);
    if (task) {
      changed.set(taskId, task);
      unknown.delete(taskId);
    } else {
      unknown.add(taskId);
    }
  }
  for (const [taskId, { session_id: sessionId }] of changed) {
    if (goneSessions.has(sessionId)) {
      changed.delete(taskId);
    }
  }
  return { changed, goneSessions, unknown };
}

/** Whether a task has a text: a finished one has, and so has one that waits for approval. */
export function isWritten({ status }: Task): boolean {
  return status === 'completed' || status === 'pending_approval';
}

/** A summary comes without the text: a text that is known stays, unless the task has none any more. */
export function withKnownText(known: Task | undefined, answer: Task): Task {
  return answer.result === undefined && isWritten(answer) && known?.result
    ? { ...answer, result: known.result }
    : answer;
}

function withFields(task: Task | undefined, { session_id: sessionId, data }: TaskUpdate): Task | undefined {
  if (task) {
    // An update, which always tells the status, is of a sound record where it does not say `damaged`.
    const mended = task.damaged ? { damaged: false } : {};
    return tellsAllOf(task, data) ? data : Object.assign({}, task, mended, data);
  }
  const whole = v.safeParse(Task, { ...(sessionId !== undefined && { session_id: sessionId }), ...data });
  return whole.success ? whole.output : undefined;
}

/**
 * Whether nothing of what is known would be left after an update: then it is the task, and need not be joined with the
 * one before. Servers that always tell the whole task may tell thousands a second, and joining costs the most of each.
 */
function tellsAllOf(task: Task, data: TaskUpdate['data']): data is Task {
  return Object.keys(task).every((field) => field in data);
}
