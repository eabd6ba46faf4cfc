import type { Overview } from '@creative-autogpt/protocol';
import { SessionStatus, TaskStatus } from '@creative-autogpt/protocol';
import * as v from 'valibot';
import { overviewOf } from '../overview-of';
import type { SqlDatabase } from './sql-database';

const SessionCount = v.object({ status: SessionStatus, count: v.number() });
const TaskCount = v.object({ status: TaskStatus, count: v.number(), characters: v.number() });

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
    sessions: new Map(sessions.map(({ status, count }) => [status, count])),
    tasks: new Map(tasks.map(({ status, count }) => [status, count])),
    characters: tasks.reduce((sum, { characters }) => sum + characters, 0),
  });
}
