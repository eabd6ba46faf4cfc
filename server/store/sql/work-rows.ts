import type { Session, Task } from '@creative-autogpt/protocol';
import * as v from 'valibot';
import { unknownSession, unknownTask } from '../../service-error';
import {
  type SessionRecord,
  SessionRecord as SessionRecordSchema,
  toSession,
} from '../../work/session-record';
import { TaskRecord, toTask, toTaskWithoutText } from '../../work/task-record';
import type { WorkChanges, WorkState } from '../../work/work';
import type { Launch, Page, SessionsPageQuery, TasksPageQuery } from '../store';
import { jsonColumn } from './json-column';
import type { SqlDatabase } from './sql-database';

const SessionRow = v.object({ record: jsonColumn(SessionRecordSchema) });
const TaskRow = v.object({ record: jsonColumn(TaskRecord) });
const WrittenTaskRow = v.object({ record: jsonColumn(TaskRecord), result: v.nullable(v.string()) });
const Total = v.object({ total: v.number() });
const LaunchRow = v.object({ owner: v.string(), sessionId: v.string(), launch: v.number() });

/** The sessions and tasks of all owners. Methods that change something belong inside a transaction. */
export class WorkRows {
  constructor(private readonly database: SqlDatabase) {}

  countSessions(owner: string): number {
    const sql = 'SELECT count(*) AS total FROM sessions WHERE owner = @owner';
    return this.database.row(Total, sql, { owner })?.total ?? 0;
  }

  insert(owner: string, session: SessionRecord): void {
    this.database.change(
      `INSERT INTO sessions (owner, id, status, is_to_be_run, record)
       VALUES (@owner, @id, @status, 0, @record)`,
      { owner, id: session.id, status: session.status, record: JSON.stringify(session) },
    );
  }

  /** Deletes the session and its tasks. */
  delete(owner: string, sessionId: string): void {
    const sql = 'DELETE FROM sessions WHERE owner = @owner AND id = @sessionId';
    if (this.database.change(sql, { owner, sessionId }) === 0) {
      throw unknownSession(sessionId);
    }
  }

  load(owner: string, sessionId: string): WorkState {
    const session = this.#session(owner, sessionId);
    const unfinished = this.database.rows(
      WrittenTaskRow,
      `SELECT record, result FROM tasks WHERE session_id = @sessionId AND status = 'pending_approval'`,
      { sessionId },
    );
    return {
      session,
      tasks: this.tasksWithoutText(sessionId),
      texts: new Map(unfinished.map(({ record, result }) => [record.task_id, result ?? ''])),
    };
  }

  save(owner: string, { session, isToBeRun, tasks, texts }: WorkChanges): void {
    this.database.change(
      'UPDATE sessions SET status = @status, is_to_be_run = @isToBeRun, record = @record WHERE id = @id',
      {
        id: session.id,
        status: session.status,
        isToBeRun: Number(isToBeRun),
        record: JSON.stringify(session),
      },
    );
    for (const task of tasks) {
      this.database.change(
        `INSERT INTO tasks (owner, task_id, session_id, position, status, updated_at, record)
         VALUES (@owner, @taskId, @sessionId, @position, @status, @updatedAt, @record)
         ON CONFLICT (task_id) DO UPDATE SET status = @status, updated_at = @updatedAt, record = @record`,
        {
          owner,
          taskId: task.task_id,
          sessionId: session.id,
          position: task.position,
          status: task.status,
          updatedAt: task.updated_at,
          record: JSON.stringify(task),
        },
      );
    }
    for (const [taskId, text] of texts) {
      this.database.change('UPDATE tasks SET result = @text WHERE task_id = @taskId', { taskId, text });
    }
  }

  findSession(owner: string, sessionId: string): Session {
    return toSession(this.#session(owner, sessionId));
  }

  sessionsPage(owner: string, query: SessionsPageQuery): Page<Session> {
    const { page, pageSize } = query;
    const status = query.status ?? null;
    const from = 'FROM sessions WHERE owner = @owner AND (@status IS NULL OR status = @status)';
    return {
      items: this.database
        .rows(SessionRow, `SELECT record ${from} ORDER BY sequence DESC LIMIT @limit OFFSET @offset`, {
          owner,
          status,
          limit: pageSize,
          offset: (page - 1) * pageSize,
        })
        .map(({ record }) => toSession(record)),
      total: this.database.row(Total, `SELECT count(*) AS total ${from}`, { owner, status })?.total ?? 0,
    };
  }

  /** In the order of the plan. */
  tasksWithoutText(sessionId: string): readonly TaskRecord[] {
    const sql = 'SELECT record FROM tasks WHERE session_id = @sessionId ORDER BY position';
    return this.database.rows(TaskRow, sql, { sessionId }).map(({ record }) => record);
  }

  /** In the order of the plan, with their texts. */
  tasks(sessionId: string): readonly Task[] {
    const sql = 'SELECT record, result FROM tasks WHERE session_id = @sessionId ORDER BY position';
    return this.database
      .rows(WrittenTaskRow, sql, { sessionId })
      .map(({ record, result }) => toTask(record, result));
  }

  findTask(owner: string, taskId: string): Task {
    const sql = 'SELECT record, result FROM tasks WHERE owner = @owner AND task_id = @taskId';
    const row = this.database.row(WrittenTaskRow, sql, { owner, taskId });
    if (row === undefined) {
      throw unknownTask(taskId);
    }
    return toTask(row.record, row.result);
  }

  /** Without their texts, last changed first. */
  tasksPage(owner: string, query: TasksPageQuery): Page<Task> {
    const { page, pageSize } = query;
    const from = `FROM tasks WHERE owner = @owner
      AND (@status IS NULL OR status = @status) AND (@sessionId IS NULL OR session_id = @sessionId)`;
    const filter = { owner, status: query.status ?? null, sessionId: query.sessionId ?? null };
    return {
      items: this.database
        .rows(
          TaskRow,
          `SELECT record ${from} ORDER BY updated_at DESC, sequence DESC LIMIT @limit OFFSET @offset`,
          { ...filter, limit: pageSize, offset: (page - 1) * pageSize },
        )
        .map(({ record }) => toTaskWithoutText(record)),
      total: this.database.row(Total, `SELECT count(*) AS total ${from}`, filter)?.total ?? 0,
    };
  }

  /** Oldest session first. */
  toBeRun(): readonly Launch[] {
    return this.database.rows(
      LaunchRow,
      `SELECT owner, id AS sessionId, record ->> 'launch' AS launch FROM sessions
       WHERE is_to_be_run ORDER BY sequence`,
    );
  }

  #session(owner: string, sessionId: string): SessionRecord {
    const sql = 'SELECT record FROM sessions WHERE owner = @owner AND id = @sessionId';
    const row = this.database.row(SessionRow, sql, { owner, sessionId });
    if (row === undefined) {
      throw unknownSession(sessionId);
    }
    return row.record;
  }
}
