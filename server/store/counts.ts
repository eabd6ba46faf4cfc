import type { Overview, Progress } from '@creative-autogpt/protocol';
import { SESSION_STATUSES, SessionStatus, TASK_STATUSES, TaskStatus } from '@creative-autogpt/protocol';
import * as v from 'valibot';
import type { SqlDatabase } from './sql-database';

const ProgressRow = v.object({
  total_tasks: v.number(),
  completed_tasks: v.number(),
  failed_tasks: v.number(),
  running_tasks: v.number(),
  pending_tasks: v.number(),
  current_task: v.nullable(v.string()),
  current_task_id: v.nullable(v.string()),
});
const SessionCount = v.object({ status: SessionStatus, count: v.number() });
const TaskCount = v.object({ status: TaskStatus, count: v.number(), characters: v.number() });

/** How far the session with this id has come; all zero for one without tasks. */
export function countProgress(database: SqlDatabase, sessionId: string): Progress {
  const counts = v.parse(
    ProgressRow,
    database.row(
      ProgressRow,
      `SELECT count(*) AS total_tasks,
         count(*) FILTER (WHERE status = 'completed') AS completed_tasks,
         count(*) FILTER (WHERE status = 'failed') AS failed_tasks,
         count(*) FILTER (WHERE status = 'running') AS running_tasks,
         count(*) FILTER (WHERE status = 'pending') AS pending_tasks,
         max(title) FILTER (WHERE status = 'running') AS current_task,
         max(task_id) FILTER (WHERE status = 'running') AS current_task_id
       FROM tasks WHERE session_id = @sessionId`,
      { sessionId },
    ),
  );
  return { ...counts, percentage: percentageOf(counts.completed_tasks, counts.total_tasks) };
}

/** Sessions and tasks of the whole store by status. */
export function countOverview(database: SqlDatabase): Overview {
  const sessions = database.rows(
    SessionCount,
    'SELECT status, count(*) AS count FROM sessions GROUP BY status',
  );
  const tasks = database.rows(
    TaskCount,
    'SELECT status, count(*) AS count, sum(characters) AS characters FROM tasks GROUP BY status',
  );
  const sessionCount = countOf(sessions);
  const taskCount = countOf(tasks);
  return {
    sessions: {
      total: sessionCount(...SESSION_STATUSES),
      created: sessionCount('created'),
      running: sessionCount('running'),
      paused: sessionCount('paused'),
      completed: sessionCount('completed'),
      failed: sessionCount('failed'),
      stopped: sessionCount('stopped'),
    },
    tasks: {
      total: taskCount(...TASK_STATUSES),
      pending: taskCount('pending'),
      running: taskCount('running'),
      completed: taskCount('completed'),
      failed: taskCount('failed'),
    },
    characters_written: tasks.reduce((sum, { characters }) => sum + characters, 0),
  };
}

function countOf<T extends string>(
  rows: readonly { status: T; count: number }[],
): (...statuses: T[]) => number {
  return (...statuses) =>
    rows.filter(({ status }) => statuses.includes(status)).reduce((sum, { count }) => sum + count, 0);
}

/** Share in percent, to one decimal. */
function percentageOf(part: number, whole: number): number {
  return whole === 0 ? 0 : Math.round((1000 * part) / whole) / 10;
}
