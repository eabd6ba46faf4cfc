import type { TaskStatus } from '@creative-autogpt/protocol';
import * as v from 'valibot';
import type { StoredPart } from '../../domain/export/export-stored';
import { type SessionRecord, SessionRecord as SessionRecordSchema } from '../../domain/session-record';
import { type TaskRecord, TaskRecord as TaskRecordSchema } from '../../domain/task-record';
import type { WorkChanges, WorkState } from '../../domain/work-draft';
import type { Launch } from '../../ports/store';
import type { Depth, Edit, WrittenTask } from '../storage';
import { RecentlyUsed } from '../recently-used';
import { type StoredRecords, toStored } from '../stored-records';
import { Bytes, partsOf, SetAside } from './set-aside';
import type { SqlDatabase } from './sql-database';
import { asBytes, asNumber, isDamagedText, legible, OptionalText, Text, WholeNumber } from './sql-text';

export const SessionRow = v.object({ sessionId: Text, record: Text });
const OwnedSessionRow = v.object({ owner: Text, ...SessionRow.entries });
export const TaskRow = v.object({ taskId: Text, sessionId: Text, position: WholeNumber, record: Text });
const WrittenTaskRow = v.object({ ...TaskRow.entries, result: OptionalText });
const TextRow = v.object({ taskId: Text, result: Text });
const StoredTaskRow = v.object({ id: Text, record: Bytes, result: v.nullable(Bytes) });
const Total = v.object({ total: v.number() });
const DataVersion = v.object({ data_version: v.number() });

/** Characters of the records in the works that are kept as they were read. */
const KEPT_CHARACTERS = 8 * 1024 * 1024;

/** A work as it was read, without texts. */
interface ReadWork {
  readonly owner: string;
  readonly work: WorkState;
}

export const SESSION_COLUMNS = [asBytes('id', 'sessionId'), asBytes('record')].join();

/** What tells which task it is comes from beside its record, which may be damaged. */
export const TASK_COLUMNS = [
  asBytes('task_id', 'taskId'),
  asBytes('session_id', 'sessionId'),
  asNumber('position'),
  asBytes('record'),
].join();

/** The sessions and tasks of all owners. Methods that change something belong inside a transaction. */
export class WorkRows {
  #read = new RecentlyUsed<ReadWork>(KEPT_CHARACTERS);
  /** Changes when somebody else has written to the file. */
  #dataVersion = -1;
  readonly #setAside: SetAside;

  constructor(
    private readonly database: SqlDatabase,
    private readonly records: StoredRecords,
  ) {
    this.#setAside = new SetAside(database);
  }

  countSessions(owner: string): number {
    const sql = 'SELECT count(*) AS total FROM sessions WHERE owner = @owner';
    return this.database.row(Total, sql, { owner })?.total ?? 0;
  }

  /** What a change is made from; undefined where the owner has no such session. */
  load(owner: string, sessionId: string): WorkState | undefined {
    const work = this.read(owner, sessionId, 'tasks');
    return work && { ...work, ...this.#legible(work.tasks, this.#texts(sessionId, 'pending_approval')) };
  }

  /** Undefined where the owner has no such session. */
  read(owner: string, sessionId: string, depth: Depth): WorkState | undefined {
    const work = depth === 'session' ? this.#session(owner, sessionId) : this.#work(owner, sessionId);
    return (
      work && (depth === 'texts' ? { ...work, ...this.#legible(work.tasks, this.#texts(sessionId)) } : work)
    );
  }

  #session(owner: string, sessionId: string): WorkState | undefined {
    const row = this.#sessionRow(owner, sessionId);
    return row && { session: this.records.session(sessionId, row.record), tasks: [], texts: new Map() };
  }

  #sessionRow(owner: string, sessionId: string): v.InferOutput<typeof SessionRow> | undefined {
    const sql = `SELECT ${SESSION_COLUMNS} FROM sessions WHERE owner = @owner AND id = @sessionId`;
    return this.database.row(SessionRow, sql, { owner, sessionId });
  }

  /** With its tasks. As long as nothing was written to it, it is the one that was read before. */
  #work(owner: string, sessionId: string): WorkState | undefined {
    this.#forgetIfWritten();
    const known = this.#read.get(sessionId);
    if (known?.owner === owner) {
      return known.work;
    }
    const row = this.#sessionRow(owner, sessionId);
    if (row === undefined) {
      return undefined;
    }
    const taskRows = this.#taskRows(sessionId);
    const session = this.records.session(sessionId, row.record);
    const tasks = taskRows.map(({ record, ...place }) => this.records.task(place, record));
    const work = { session, tasks, texts: new Map<string, string>() };
    const isSound = tasks.every(({ damaged }) => damaged !== true);
    // What is read inside a transaction may yet be undone, and damaged tasks may yet be found sound.
    if (isSound && !this.database.isInTransaction) {
      const characters = taskRows.reduce((sum, { record }) => sum + record.length, row.record.length);
      this.#read.set(sessionId, { owner, work }, characters);
    }
    return work;
  }

  /** A program that repairs the file, or damages it, writes past this process. */
  #forgetIfWritten(): void {
    const version = this.database.row(DataVersion, 'PRAGMA data_version')?.data_version ?? -1;
    if (version !== this.#dataVersion) {
      this.#dataVersion = version;
      this.#read = new RecentlyUsed(KEPT_CHARACTERS);
    }
  }

  task(owner: string, taskId: string): WrittenTask | undefined {
    const sql = `SELECT ${TASK_COLUMNS}, ${asBytes('result')} FROM tasks WHERE owner = @owner AND task_id = @taskId`;
    const row = this.database.row(WrittenTaskRow, sql, { owner, taskId });
    if (row === undefined) {
      return undefined;
    }
    const { record: stored, result: text, ...place } = row;
    const record = this.records.task(place, stored);
    return text !== null && isDamagedText(text)
      ? { record: this.#withDamagedText(record), text: legible(text) }
      : { record, text };
  }

  /** Nothing where the owner has no such session. */
  stored(owner: string, sessionId: string): readonly StoredPart[] {
    const sql = `SELECT CAST(record AS BLOB) AS record FROM sessions WHERE owner = @owner AND id = @sessionId`;
    const session = this.database.row(v.object({ record: Bytes }), sql, { owner, sessionId });
    if (session === undefined) {
      return [];
    }
    const tasks = this.database.rows(
      StoredTaskRow,
      `SELECT ${asBytes('task_id', 'id')}, CAST(record AS BLOB) AS record, CAST(result AS BLOB) AS result
       FROM tasks WHERE session_id = @sessionId ORDER BY position`,
      { sessionId },
    );
    return [
      { of: 'session', id: sessionId, setAsideAt: null, bytes: session.record },
      ...tasks.flatMap((task) => partsOf({ ...task, setAsideAt: null })),
      ...this.#setAside.of(sessionId),
    ];
  }

  /** Oldest session first, without those that cannot be read. */
  toBeRun(): readonly Launch[] {
    const sql = `SELECT ${asBytes('owner')}, ${SESSION_COLUMNS} FROM sessions WHERE is_to_be_run ORDER BY sequence`;
    return this.database.rows(OwnedSessionRow, sql).flatMap(({ owner, sessionId, record }) => {
      const { launch, damaged } = this.records.session(sessionId, record);
      return damaged === true ? [] : [{ owner, sessionId, launch }];
    });
  }

  save(owner: string, edit: Edit): void {
    if ('create' in edit) {
      this.#insert(owner, edit.create);
    } else if ('update' in edit) {
      this.#read.delete(edit.update.session.id);
      this.#update(owner, edit.update);
    } else {
      this.#read.delete(edit.delete);
      this.database.change('DELETE FROM sessions WHERE id = @id', { id: edit.delete });
      this.#setAside.delete(edit.delete);
    }
  }

  #insert(owner: string, session: SessionRecord): void {
    this.database.change(
      `INSERT INTO sessions (owner, id, status, is_to_be_run, record)
       VALUES (@owner, @id, @status, 0, @record)`,
      { owner, id: session.id, status: session.status, record: toStored(SessionRecordSchema, session) },
    );
  }

  #update(owner: string, { session, isToBeRun, tasks, texts }: WorkChanges): void {
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
      if (this.records.isDamaged(task)) {
        this.#setAside.keepTask(task.task_id, task.updated_at);
      }
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
    }
    for (const [taskId, text] of texts) {
      this.database.change('UPDATE tasks SET result = @text WHERE task_id = @taskId', { taskId, text });
    }
  }

  /** The texts as people may see them, and the tasks that say which of them are damaged. */
  #legible(tasks: readonly TaskRecord[], texts: ReadonlyMap<string, string>): Omit<WorkState, 'session'> {
    if (!Array.from(texts.values()).some(isDamagedText)) {
      return { tasks, texts };
    }
    return {
      tasks: tasks.map((task) =>
        isDamagedText(texts.get(task.task_id) ?? '') ? this.#withDamagedText(task) : task,
      ),
      texts: new Map(Array.from(texts, ([taskId, text]) => [taskId, legible(text)])),
    };
  }

  /** The task whose text is damaged, which was read as a sound one before. */
  #withDamagedText(task: TaskRecord): TaskRecord {
    this.#read.delete(task.session_id);
    return this.records.withDamagedText(task);
  }

  /** In the order of the plan, without their texts. */
  #taskRows(sessionId: string): readonly v.InferOutput<typeof TaskRow>[] {
    const sql = `SELECT ${TASK_COLUMNS} FROM tasks WHERE session_id = @sessionId ORDER BY position`;
    return this.database.rows(TaskRow, sql, { sessionId });
  }

  /** By the ids of their tasks. @param status of the tasks. @default any */
  #texts(sessionId: string, status: TaskStatus | null = null): ReadonlyMap<string, string> {
    const sql = `SELECT ${asBytes('task_id', 'taskId')}, ${asBytes('result')} FROM tasks
      WHERE session_id = @sessionId AND result IS NOT NULL AND (@status IS NULL OR status = @status)`;
    const rows = this.database.rows(TextRow, sql, { sessionId, status });
    return new Map(rows.map(({ taskId, result }) => [taskId, result]));
  }
}
