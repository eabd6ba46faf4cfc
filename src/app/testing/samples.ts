import type { Health, Overview, Session, Task } from '@creative-autogpt/protocol';
import type { RealtimeMessage } from '@creative-autogpt/realtime';

/** A session as the server sends it; each later `day` is newer. */
export function aSession(
  id: string,
  { day = 1, ...fields }: Partial<Session> & { day?: number } = {},
): Session {
  return {
    id,
    title: `Work ${id}`,
    mode: 'novel',
    status: 'created',
    goal: {},
    config: {},
    created_at: dayOf(day),
    updated_at: dayOf(day),
    completed_at: null,
    total_tasks: 4,
    completed_tasks: 0,
    failed_tasks: 0,
    llm_calls: 0,
    tokens_used: 0,
    is_rewriting: false,
    rewrite_attempt: 0,
    rewrite_task_id: null,
    rewrite_task_type: null,
    ...fields,
  };
}

/** A task of session `s1`, as the server sends it; each later `day` changed later. */
export function aTask(taskId: string, { day = 1, ...fields }: Partial<Task> & { day?: number } = {}): Task {
  return {
    task_id: taskId,
    session_id: 's1',
    task_type: 'draft',
    title: `Chapter ${taskId}`,
    description: '',
    position: 0,
    chapter_index: null,
    status: 'pending',
    created_at: dayOf(1),
    updated_at: dayOf(day),
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
    ...fields,
  };
}

/** Numbers of a server with this many sessions, all of them created and not begun. */
export function anOverview(sessions: number): Overview {
  return {
    sessions: {
      total: sessions,
      created: sessions,
      running: 0,
      paused: 0,
      completed: 0,
      failed: 0,
      stopped: 0,
    },
    tasks: { total: 0, pending: 0, running: 0, pending_approval: 0, completed: 0, failed: 0 },
    characters_written: 0,
  };
}

/** Health of a server where these authors write. */
export function aHealth(...authors: readonly string[]): Health {
  return {
    status: 'healthy',
    version: '1',
    llm_providers: [...authors],
    storage_status: 'ok',
    memory_status: 'ok',
  };
}

/** The whole session, as `session.update` tells it. */
export function sessionUpdated(session: Session): RealtimeMessage {
  return { event: 'session.update', session_id: session.id, data: session };
}

/** The whole task, as `task.update` tells it. */
export function taskUpdated(task: Task): RealtimeMessage {
  return { event: 'task.update', session_id: task.session_id, data: task };
}

/** Noon of a day in January. */
export function dayOf(day: number): string {
  return new Date(Date.UTC(2026, 0, day, 12)).toISOString();
}
