import * as v from 'valibot';
import type { StoredPart } from '../../domain/export/export-stored';
import type { SqlDatabase } from './sql-database';
import { asBytes, legible, Text } from './sql-text';

/** A text as its bytes; none where damage has left nothing. */
export const Bytes = v.pipe(
  v.nullable(v.instance(ArrayBuffer)),
  v.transform((bytes) => new Uint8Array(bytes ?? [])),
);

const SetAsideRow = v.object({
  setAsideAt: Text,
  id: Text,
  source: Text,
  record: Bytes,
  result: v.nullable(Bytes),
});
const IS_LOST = 'session_id IS NULL OR CAST(session_id AS TEXT) NOT IN (SELECT id FROM sessions)';
const Total = v.object({ total: v.number() });

/**
 * What is damaged and cannot stay where it was, as bytes: rows whose keys are damaged, and the records and
 * texts of damaged tasks that are written anew. Methods that change something belong inside a transaction.
 */
export class SetAside {
  constructor(private readonly database: SqlDatabase) {}

  /** How many rows are there of which it is not known to which session they belong. */
  get lost(): number {
    return this.database.row(Total, `SELECT count(*) AS total FROM set_aside WHERE ${IS_LOST}`)?.total ?? 0;
  }

  /** @returns how many were dropped */
  dropLost(): number {
    return this.database.change(`DELETE FROM set_aside WHERE ${IS_LOST}`, {});
  }

  /** Keeps a task as it is, which stays in its place. @param now ISO 8601 */
  keepTask(taskId: string, now: string): void {
    this.#keep('tasks', 'task_id = @taskId', { taskId, now });
  }

  /** Moves a row, by its sequence. @param now ISO 8601 */
  moveRow(source: 'sessions' | 'tasks', sequence: number, now: string): void {
    this.#keep(source, 'sequence = @sequence', { sequence, now });
    this.database.change(`DELETE FROM ${source} WHERE sequence = @sequence`, { sequence });
  }

  of(sessionId: string): readonly StoredPart[] {
    const sql = `SELECT ${asBytes('set_aside_at', 'setAsideAt')}, ifnull(task_id, session_id) AS id,
        ${asBytes('source')}, record, result
      FROM set_aside WHERE session_id = CAST(@sessionId AS BLOB) ORDER BY sequence`;
    return this.database
      .rows(SetAsideRow, sql, { sessionId })
      .flatMap(({ source, ...row }) =>
        source === 'sessions'
          ? [{ of: 'session', id: legible(row.id), setAsideAt: row.setAsideAt, bytes: row.record } as const]
          : partsOf(row),
      );
  }

  /** Nothing of a deleted session is kept. */
  delete(sessionId: string): void {
    this.database.change('DELETE FROM set_aside WHERE session_id = CAST(@sessionId AS BLOB)', { sessionId });
  }

  #keep(
    source: 'sessions' | 'tasks',
    where: string,
    parameters: Readonly<Record<string, string | number>>,
  ): void {
    const [sessionId, taskId, result] =
      source === 'sessions' ? ['id', 'NULL', 'NULL'] : ['session_id', 'task_id', 'result'];
    const cells = ['owner', sessionId, taskId, 'record', result].map((cell) => `CAST(${cell} AS BLOB)`);
    this.database.change(
      `INSERT INTO set_aside (set_aside_at, source, owner, session_id, task_id, record, result)
       SELECT @now, '${source}', ${cells.join()} FROM ${source} WHERE ${where}`,
      parameters,
    );
  }
}

/** The record of a task and its text, if it has one. */
export function partsOf(task: {
  readonly id: string;
  readonly setAsideAt: string | null;
  readonly record: Uint8Array;
  readonly result: Uint8Array | null;
}): readonly StoredPart[] {
  const { setAsideAt, record, result } = task;
  const id = legible(task.id);
  return [
    { of: 'task', id, setAsideAt, bytes: record },
    ...(result === null ? [] : [{ of: 'text', id, setAsideAt, bytes: result } as const]),
  ];
}
