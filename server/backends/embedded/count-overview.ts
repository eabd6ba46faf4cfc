import type { Overview } from '@creative-autogpt/protocol';
import { SessionStatus, TaskStatus } from '@creative-autogpt/protocol';
import * as v from 'valibot';
import { overviewOf } from '../../domain/overview-of';
import type { SqlDatabase } from './sql-database';

/** A status that is none is that of a damaged row, which is shown as failed. */
const SessionCount = v.object({ status: v.fallback(SessionStatus, 'failed'), count: v.number() });
const TaskCount = v.object({
  status: v.fallback(TaskStatus, 'failed'),
  count: v.number(),
  characters: v.number(),
});

/** Sessions and tasks of one owner by status. */
export function countOverview(database: SqlDatabase, owner: string): Overview {
  const sessions = database.rows(
    SessionCount,
    'SELECT status, count(*) AS count FROM sessions WHERE owner = @owner GROUP BY status',
    { owner },
  );
  const tasks = database.rows(
    TaskCount,
    `SELECT status, count(*) AS count, sum(characters) AS characters FROM tasks WHERE owner = @owner GROUP BY status`,
    { owner },
  );
  return overviewOf({
    sessions: countsOf(sessions),
    tasks: countsOf(tasks),
    characters: tasks.reduce((sum, { characters }) => sum + characters, 0),
  });
}

function countsOf<S extends string>(
  rows: readonly { readonly status: S; readonly count: number }[],
): ReadonlyMap<S, number> {
  const counts = new Map<S, number>();
  rows.forEach(({ status, count }) => counts.set(status, count + (counts.get(status) ?? 0)));
  return counts;
}
