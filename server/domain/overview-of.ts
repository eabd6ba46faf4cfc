import type { Overview, SessionStatus, TaskStatus } from '@creative-autogpt/protocol';

/** What is counted; a status that is missing has none. */
export interface StatusCounts {
  readonly sessions: ReadonlyMap<SessionStatus, number>;
  readonly tasks: ReadonlyMap<TaskStatus, number>;
  /** Characters in all texts. */
  readonly characters: number;
}

export function overviewOf({ sessions, tasks, characters }: StatusCounts): Overview {
  const sessionCount = (status: SessionStatus): number => sessions.get(status) ?? 0;
  const taskCount = (status: TaskStatus): number => tasks.get(status) ?? 0;
  return {
    sessions: {
      total: sum(sessions.values()),
      created: sessionCount('created'),
      running: sessionCount('running'),
      paused: sessionCount('paused'),
      completed: sessionCount('completed'),
      failed: sessionCount('failed'),
      stopped: sessionCount('stopped'),
    },
    tasks: {
      total: sum(tasks.values()),
      pending: taskCount('pending'),
      running: taskCount('running'),
      pending_approval: taskCount('pending_approval'),
      completed: taskCount('completed'),
      failed: taskCount('failed'),
    },
    characters_written: characters,
  };
}

function sum(counts: Iterable<number>): number {
  return Array.from(counts).reduce((total, count) => total + count, 0);
}
