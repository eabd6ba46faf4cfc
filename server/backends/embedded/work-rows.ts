import type { Session, Task } from '@creative-autogpt/protocol';
import * as v from 'valibot';
import { unknownSession, unknownTask } from '../../domain/service-error';
import {
  type SessionRecord,
  SessionRecord as SessionRecordSchema,
  toSession,
} from '../../domain/session-record';
import {
  type TaskRecord,
  TaskRecord as TaskRecordSchema,
  toTask,
  toTaskWithoutText,
} from '../../domain/task-record';
import type { WorkChanges, WorkState } from '../../domain/work-draft';
import type { Launch, Page, SessionsPageQuery, TasksPageQuery } from '../../ports/store';
import { type StoredRecords, toStored } from '../stored-records';
import type { SqlDatabase } from './sql-database';

const SessionRow = v.object({ sessionId: v.string(), record: v.string() });
const OwnedSessionRow = v.object({ owner: v.string(), ...SessionRow.entries });
const TaskRow = v.object({
  taskId: v.string(),
  sessionId: v.string(),
  position: v.number(),
  record: v.string(),
});
const WrittenTaskRow = v.object({ ...TaskRow.entries, result: v.nullable(v.string()) });
const UnfinishedText = v.object({ taskId: v.string(), result: v.nullable(v.string()) });
const Total = v.object({ total: v.number() });

/** What tells which task it is comes from beside its record, which may be damaged. */
const TASK_COLUMNS = 'task_id AS taskId, session_id AS sessionId, position, record';

/** The sessions and tasks of all owners. Methods that change something belong inside a transaction. */
export class WorkRows {
  constructor(
    private readonly database: SqlDatabase,
    private readonly records: StoredRecords,
  ) {}

  countSessions(owner: string): number {
    const sql = 'SELECT count(*) AS total FROM sessions WHERE owner = @owner';
    return this.database.row(Total, sql, { owner })?.total ?? 0;
  }

  insert(owner: string, session: SessionRecord): void {
    this.database.change(
      `INSERT INTO sessions (owner, id, status, is_to_be_run, record)
       VALUES (@owner, @id, @status, 0, @record)`,
      { owner, id: session.id, status: session.status, record: toStored(SessionRecordSchema, session) },
    );
  }

  /** Deletes the session and its tasks. */
  delete(owner: string, sessionId: string): void {
    const sql = 'DELETE FROM sessions WHERE owner = @owner AND id = @sessionId';
    if (this.database.change(sql, { owner, sessionId }) === 0) {
      throw unknownSession(sessionId);
    }
    this.records.forget(sessionId);
  }

  load(owner: string, sessionId: string): WorkState {
    const session = this.#session(owner, sessionId);
    const unfinished = this.database.rows(
      UnfinishedText,
      `SELECT task_id AS taskId, result FROM tasks
       WHERE session_id = @sessionId AND status = 'pending_approval'`,
      { sessionId },
    );
    return {
      session,
      tasks: this.tasksWithoutText(sessionId),
      texts: new Map(unfinished.map(({ taskId, result }) => [taskId, result ?? ''])),
    };
  }

  save(owner: string, { session, isToBeRun, tasks, texts }: WorkChanges): void {
    this.database.change(
      'UPDATE sessions SET status = @status, is_to_be_run = @isToBeRun, record = @record WHERE id = @id',
      {
        id: session.id,
        status: session.status,
        isToBeRun: Number(isToBeRun),
        record: toStored(SessionRecordSchema, session),
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
          record: toStored(TaskRecordSchema, task),
        },
      );
      this.records.forget(session.id, task.task_id);
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
        .rows(
          SessionRow,
          `SELECT id AS sessionId, record ${from} ORDER BY sequence DESC LIMIT @limit OFFSET @offset`,
          {
            owner,
            status,
            limit: pageSize,
            offset: (page - 1) * pageSize,
          },
        )
        .map(({ sessionId, record }) => toSession(this.records.session(sessionId, record))),
      total: this.database.row(Total, `SELECT count(*) AS total ${from}`, { owner, status })?.total ?? 0,
    };
  }

  /** In the order of the plan. */
  tasksWithoutText(sessionId: string): readonly TaskRecord[] {
    const sql = `SELECT ${TASK_COLUMNS} FROM tasks WHERE session_id = @sessionId ORDER BY position`;
    return this.database
      .rows(TaskRow, sql, { sessionId })
      .map(({ record, ...place }) => this.records.task(place, record));
  }

  /** In the order of the plan, with their texts. */
  tasks(sessionId: string): readonly Task[] {
    const sql = `SELECT ${TASK_COLUMNS}, result FROM tasks WHERE session_id = @sessionId ORDER BY position`;
    return this.database
      .rows(WrittenTaskRow, sql, { sessionId })
      .map(({ record, result, ...place }) => toTask(this.records.task(place, record), result));
  }

  findTask(owner: string, taskId: string): Task {
    const sql = `SELECT ${TASK_COLUMNS}, result FROM tasks WHERE owner = @owner AND task_id = @taskId`;
    const row = this.database.row(WrittenTaskRow, sql, { owner, taskId });
    if (row === undefined) {
      throw unknownTask(taskId);
    }
    const { record, result, ...place } = row;
    return toTask(this.records.task(place, record), result);
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
          `SELECT ${TASK_COLUMNS} ${from} ORDER BY updated_at DESC, sequence DESC LIMIT @limit OFFSET @offset`,
          { ...filter, limit: pageSize, offset: (page - 1) * pageSize },
        )
        .map(({ record, ...place }) => toTaskWithoutText(this.records.task(place, record))),
      total: this.database.row(Total, `SELECT count(*) AS total ${from}`, filter)?.total ?? 0,
    };
  }

  /** Oldest session first, without those that cannot be read. */
  toBeRun(): readonly Launch[] {
    const sql = 'SELECT owner, id AS sessionId, record FROM sessions WHERE is_to_be_run ORDER BY sequence';
    return this.database.rows(OwnedSessionRow, sql).flatMap(({ owner, sessionId, record }) => {
      const { launch, damaged } = this.records.session(sessionId, record);
      return damaged === true ? [] : [{ owner, sessionId, launch }];
    });
  }

  #session(owner: string, sessionId: string): SessionRecord {
    const sql = 'SELECT id AS sessionId, record FROM sessions WHERE owner = @owner AND id = @sessionId';
    const row = this.database.row(SessionRow, sql, { owner, sessionId });
    if (row === undefined) {
      throw unknownSession(sessionId);
    }
    return this.records.session(sessionId, row.record);
  }
}
