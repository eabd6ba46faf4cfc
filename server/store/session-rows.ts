import { Session, SessionConfig, SessionGoal, type SessionStatus } from '@creative-autogpt/protocol';
import * as v from 'valibot';
import { ServiceError } from '../service-error';
import { jsonColumn } from './json-column';
import type { SqlDatabase } from './sql-database';
import type { NewSession, Page } from './store';

const SessionRow = v.object({
  ...Session.entries,
  goal: jsonColumn(SessionGoal),
  config: jsonColumn(SessionConfig),
  is_rewriting: v.pipe(
    v.number(),
    v.transform((flag) => flag !== 0),
  ),
});
const Total = v.object({ total: v.number() });

/** Reads whole sessions: their rows, and what is counted from their tasks. Followed by an ORDER BY. */
const selectSessions = (from: string): string => `
  SELECT s.*,
    count(t.task_id) AS total_tasks,
    count(*) FILTER (WHERE t.status = 'completed') AS completed_tasks,
    count(*) FILTER (WHERE t.status = 'failed') AS failed_tasks,
    coalesce(sum(t.call_count), 0) AS llm_calls,
    coalesce(sum(t.prompt_tokens + t.completion_tokens), 0) AS tokens_used,
    coalesce(max(t.attempt_rewrites), 0) > 0 AS is_rewriting,
    coalesce(max(t.attempt_rewrites), 0) AS rewrite_attempt,
    max(t.task_id) FILTER (WHERE t.attempt_rewrites > 0) AS rewrite_task_id,
    max(t.task_type) FILTER (WHERE t.attempt_rewrites > 0) AS rewrite_task_type
  FROM (SELECT * FROM sessions ${from}) AS s LEFT JOIN tasks AS t ON t.session_id = s.id
  GROUP BY s.sequence`;

/** The rows of the sessions. Methods that change something belong inside a transaction. */
export class SessionRows {
  readonly #database: SqlDatabase;

  constructor(database: SqlDatabase) {
    this.#database = database;
  }

  insert(id: string, session: NewSession, now: string): void {
    this.#database.change(
      `INSERT INTO sessions (id, title, mode, status, goal, config, created_at, updated_at)
       VALUES (@id, @title, @mode, 'created', @goal, @config, @now, @now)`,
      {
        id,
        title: session.title,
        mode: session.mode,
        goal: JSON.stringify(session.goal),
        config: JSON.stringify(session.config),
        now,
      },
    );
  }

  rename(id: string, title: string, now: string): void {
    const sql = 'UPDATE sessions SET title = @title, updated_at = @now WHERE id = @id';
    this.#mustChange(id, this.#database.change(sql, { id, title, now }));
  }

  setStatus(id: string, status: SessionStatus, error: string | null, now: string): void {
    const changed = this.#database.change(
      `UPDATE sessions SET status = @status, error = @error, updated_at = @now,
         completed_at = CASE @status WHEN 'completed' THEN @now END
       WHERE id = @id`,
      { id, status, error, now },
    );
    this.#mustChange(id, changed);
  }

  touch(id: string, now: string): void {
    const sql = 'UPDATE sessions SET updated_at = @now WHERE id = @id';
    this.#mustChange(id, this.#database.change(sql, { id, now }));
  }

  /** Deletes the session and its tasks. */
  delete(id: string): void {
    this.#mustChange(id, this.#database.change('DELETE FROM sessions WHERE id = @id', { id }));
  }

  find(id: string): Session {
    const session = this.#database.row(SessionRow, selectSessions('WHERE id = @id'), { id });
    if (session === undefined) {
      throw unknownSession(id);
    }
    return session;
  }

  page(query: { page: number; pageSize: number; status?: SessionStatus }): Page<Session> {
    const where = 'WHERE (@status IS NULL OR status = @status)';
    const status = query.status ?? null;
    return {
      items: this.#database.rows(
        SessionRow,
        `${selectSessions(`${where} ORDER BY sequence DESC LIMIT @limit OFFSET @offset`)} ORDER BY s.sequence DESC`,
        { status, limit: query.pageSize, offset: (query.page - 1) * query.pageSize },
      ),
      total:
        this.#database.row(Total, `SELECT count(*) AS total FROM sessions ${where}`, { status })?.total ?? 0,
    };
  }

  withStatus(status: SessionStatus): readonly Session[] {
    return this.#database.rows(
      SessionRow,
      `${selectSessions('WHERE status = @status')} ORDER BY s.sequence`,
      { status },
    );
  }

  /** @throws ServiceError `unknown_session` */
  mustExist(id: string): void {
    const sql = 'SELECT count(*) AS total FROM sessions WHERE id = @id';
    this.#mustChange(id, this.#database.row(Total, sql, { id })?.total ?? 0);
  }

  #mustChange(id: string, rows: number): void {
    if (rows === 0) {
      throw unknownSession(id);
    }
  }
}

function unknownSession(id: string): ServiceError {
  return new ServiceError('unknown_session', `There is no session ${id}.`);
}
