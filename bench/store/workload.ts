import type { Session, Task, TaskStatus, TaskUpdate } from '@creative-autogpt/protocol';

/** Tasks that the store holds. */
export const TASKS = 10_000;

/** Sessions that the tasks belong to. */
export const SESSIONS = 20;

/** Updates a second. */
export const RATE = 20_000;

/** How long they keep coming, in seconds. */
export const SECONDS = 10;

/** Updates of one frame; a frame is due every `UPDATES_PER_FRAME / RATE` seconds. */
export const UPDATES_PER_FRAME = 100;

/**
 * One update in so many completes its task, which a toast tells; the others begin tasks and put them back.
 */
export const UPDATES_PER_COMPLETION = 1_000;

/** Without a common divisor with {@link TASKS}: steps of it reach each task once before any of them again. */
const STRIDE = 7_919;
const EPOCH = Date.parse('2026-01-01T00:00:00Z');

/** The sessions, as the server answers them. */
export function makeSessions(): Session[] {
  return Array.from({ length: SESSIONS }, (_, index) => ({
    id: sessionId(index),
    title: `Work ${index + 1}`,
    mode: 'novel',
    status: 'running' as const,
    goal: { language: 'en' as const },
    config: {},
    created_at: moment(index),
    updated_at: moment(index),
    completed_at: null,
    total_tasks: TASKS / SESSIONS,
    completed_tasks: 0,
    failed_tasks: 0,
    llm_calls: 0,
    tokens_used: 0,
    is_rewriting: false,
    rewrite_attempt: 0,
    rewrite_task_id: null,
    rewrite_task_type: null,
  }));
}

/** The tasks before any update, last changed last. */
export function makeTasks(): Task[] {
  return Array.from({ length: TASKS }, (_, index) => ({
    task_id: `task-${String(index).padStart(6, '0')}-4a6a-9a5e-3f3a2f3c7d10`,
    session_id: sessionId(index % SESSIONS),
    task_type: 'draft',
    title: `Chapter ${Math.floor(index / SESSIONS) + 1}, draft`,
    description: 'Write the chapter from its outline, in the voice of the ones before it.',
    position: Math.floor(index / SESSIONS),
    chapter_index: Math.floor(index / SESSIONS) + 1,
    status: 'pending' as const,
    result: null,
    error: null,
    evaluation: null,
    created_at: moment(0),
    updated_at: moment(SESSIONS + index),
    started_at: null,
    completed_at: null,
    execution_time_seconds: null,
    prompt_tokens: 0,
    completion_tokens: 0,
    total_tokens: 0,
    failed_attempts: 0,
    retry_count: 0,
    llm_provider: 'offline',
    llm_model: null,
  }));
}

/**
 * The updates in the order in which they are sent, each with its whole task, as the product's server sends
 * them. Every update changes a task to another status, and no two happen in the same millisecond: so the
 * order of the list is never a matter of chance.
 */
export function makeUpdates(tasks: readonly Task[]): TaskUpdate[] {
  const now = [...tasks];
  return Array.from({ length: RATE * SECONDS }, (_, index) => {
    const at = (index * STRIDE) % TASKS;
    const before = now[at];
    if (!before) {
      throw new RangeError(`There is no task ${at}.`);
    }
    const task = changed(before, index);
    now[at] = task;
    return taskUpdate(task);
  });
}

/** What the server says when a task has changed. */
export function taskUpdate(task: Task): TaskUpdate {
  return { event: 'task.update', session_id: task.session_id, data: task };
}

function changed(task: Task, index: number): Task {
  const at = moment(SESSIONS + TASKS + index);
  const status = statusAfter(task.status, index);
  const begins = status === 'running';
  return {
    ...task,
    status,
    result: status === 'completed' ? `What update ${index} tells. `.repeat(8) : null,
    updated_at: at,
    started_at: begins ? at : task.started_at,
    completed_at: status === 'completed' ? at : null,
    execution_time_seconds: status === 'completed' ? index / RATE : null,
    completion_tokens: task.completion_tokens + 120,
    total_tokens: task.total_tokens + 120,
    retry_count: task.retry_count + (begins ? 1 : 0),
  };
}

function statusAfter(before: TaskStatus, index: number): TaskStatus {
  if (before !== 'running') {
    return 'running';
  }
  return index % UPDATES_PER_COMPLETION === UPDATES_PER_COMPLETION - 1 ? 'completed' : 'pending';
}

function sessionId(index: number): string {
  return `6f1f7c52-6e0b-4a6a-9a5e-${String(index).padStart(12, '0')}`;
}

/** A point in time so many milliseconds after the first. */
function moment(milliseconds: number): string {
  return new Date(EPOCH + milliseconds).toISOString();
}
