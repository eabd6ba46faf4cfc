import { randomUUID } from 'node:crypto';
import * as v from 'valibot';
import { planTasks } from '../../domain/plan';
import { type DamagedRecord, StoredRecords } from '../stored-records';
import { checkRows, type LostRow } from './check-database';
import { SetAside } from './set-aside';
import type { SqlDatabase } from './sql-database';
import { asBytes, Text } from './sql-text';
import { SESSION_COLUMNS, SessionRow } from './work-rows';

/** What the sound record of a row says of itself, as SQL. */
const said = (field: string, table: LostRow['table']): string =>
  `CASE WHEN typeof(${table}.record) = 'text' AND json_valid(${table}.record) THEN ${table}.record ->> '${field}' END`;

/** Whether something is an id as this server makes them, as SQL. */
const isId = (value: string): string => `(length(${value}) = 36 AND ${value} NOT GLOB '*[^0-9a-f-]*')`;

const hasSession = (sessionId: string): string =>
  `EXISTS (SELECT 1 FROM sessions AS s WHERE s.id = ${sessionId})`;

/** Has a column say what the record says. */
const asSaid = (table: LostRow['table'], column: string): string =>
  `UPDATE OR IGNORE ${table} SET ${column} = ${said(column, table)}
     WHERE ${said(column, table)} IS NOT NULL AND ${column} IS NOT ${said(column, table)}`;

/**
 * Derives what rows are looked up by from their records, and from the rows that they belong together with,
 * where it is damaged. What is right stays as it is.
 */
const DERIVATIONS: readonly string[] = [
  `UPDATE OR IGNORE sessions SET id = ${said('id', 'sessions')} WHERE NOT ${isId('id')} AND ${isId(said('id', 'sessions'))}`,
  `UPDATE OR IGNORE tasks SET task_id = ${said('task_id', 'tasks')}
     WHERE NOT ${isId('task_id')} AND ${isId(said('task_id', 'tasks'))}`,
  `UPDATE OR IGNORE tasks SET session_id = ${said('session_id', 'tasks')}
     WHERE NOT ${hasSession('session_id')} AND ${hasSession(said('session_id', 'tasks'))}`,
  `${asSaid('tasks', 'position')} AND typeof(${said('position', 'tasks')}) = 'integer'`,
  asSaid('tasks', 'status'),
  asSaid('tasks', 'updated_at'),
  asSaid('sessions', 'status'),
  `UPDATE sessions SET is_to_be_run = status = 'running' WHERE ifnull(is_to_be_run NOT IN (0, 1), 1)`,
  // Of a session and its tasks, most say whose they are.
  `UPDATE sessions SET owner = (SELECT t.owner FROM tasks AS t WHERE t.session_id = id
       GROUP BY t.owner ORDER BY count(*) DESC LIMIT 1)
     WHERE (SELECT count(*) FROM tasks AS t WHERE t.session_id = id) > 1
       AND NOT EXISTS (SELECT 1 FROM tasks AS t WHERE t.session_id = id AND t.owner = sessions.owner)`,
  `UPDATE tasks SET owner = (SELECT s.owner FROM sessions AS s WHERE s.id = session_id)
     WHERE ${hasSession('session_id')} AND owner IS NOT (SELECT s.owner FROM sessions AS s WHERE s.id = session_id)`,
];

/** A session whose row is gone is there again, as a damaged one, with the tasks that are left of it. */
const STAND_INS = `INSERT OR IGNORE INTO sessions (owner, id, status, is_to_be_run, record)
  SELECT DISTINCT owner, session_id, 'failed', 0, '' FROM tasks WHERE NOT ${hasSession('session_id')}`;

/**
 * Mends the rows of a database whose structure is sound, all of it or, when it fails, nothing. What cannot be
 * found by its keys is moved into the table `set_aside`.
 *
 * @returns the records that are damaged nevertheless, and stay in their places
 */
export function mendRows(database: SqlDatabase, now: Date): readonly DamagedRecord[] {
  // Sessions and tasks are taken apart and put together again.
  database.execute('PRAGMA foreign_keys = OFF');
  return database.transaction(() => {
    DERIVATIONS.forEach((derivation) => database.change(derivation, {}));
    const { lost, damaged } = checkRows(database);
    const setAside = new SetAside(database);
    lost.forEach(({ table, sequence }) => {
      setAside.moveRow(table, sequence, now.toISOString());
    });
    const added = database.change(STAND_INS, {}) + addMissingTasks(database, now);
    // Reading everything takes as long as all else: once is enough where nothing is new.
    return lost.length + added === 0 ? damaged : checkRows(database).damaged;
  });
}

const IncompleteSession = v.object({ owner: Text, ...SessionRow.entries });

const INCOMPLETE_SESSIONS = `SELECT ${asBytes('owner')}, ${SESSION_COLUMNS} FROM sessions
  WHERE ${said('total_tasks', 'sessions')} > (SELECT count(*) FROM tasks WHERE session_id = sessions.id)`;

/**
 * A task whose row is gone is there again, as a damaged one, where the plan of its session says which it was:
 * so that it is seen, and is written anew when the session is started.
 *
 * @returns how many were added
 */
function addMissingTasks(database: SqlDatabase, now: Date): number {
  let added = 0;
  const records = new StoredRecords({ error: () => undefined });
  for (const { owner, sessionId, record } of database.rows(IncompleteSession, INCOMPLETE_SESSIONS)) {
    const session = records.session(sessionId, record);
    const planned = session.damaged === true ? [] : planTasks(session);
    if (planned.length !== session.total_tasks) {
      continue;
    }
    for (const position of planned.keys()) {
      added += database.change(
        `INSERT OR IGNORE INTO tasks (owner, task_id, session_id, position, status, updated_at, record)
         VALUES (@owner, @taskId, @sessionId, @position, 'failed', @now, '')`,
        { owner, taskId: randomUUID(), sessionId, position, now: now.toISOString() },
      );
    }
  }
  return added;
}
