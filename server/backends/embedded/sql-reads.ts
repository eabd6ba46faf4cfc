import { SessionStatus, TaskStatus } from '@creative-autogpt/protocol';
import * as v from 'valibot';
import type { StoredPart } from '../../domain/export/export-stored';
import type { StatusCounts } from '../../domain/overview-of';
import type { SessionRecord } from '../../domain/session-record';
import type { TaskRecord } from '../../domain/task-record';
import type { WorkState } from '../../domain/work-draft';
import type { Page, Positioned, SessionsPageQuery, TasksPageQuery } from '../../ports/store';
import type { Depth, RecordReads, WrittenTask } from '../storage';
import { inOneTurn, type RowSchema } from './sql-database';
import type { SqlParts } from './sql-owner';
import { asBytes, asNumber, Text, WholeNumber } from './sql-text';
import { SESSION_COLUMNS, SessionRow, TASK_COLUMNS, TaskRow } from './work-rows';

const Total = v.object({ total: v.number() });

/** A status that is none is that of a damaged row, which is shown as failed. */
const SessionCount = v.object({
  status: v.pipe(Text, v.fallback(SessionStatus, 'failed')),
  count: v.number(),
});
const TaskCount = v.object({
  status: v.pipe(Text, v.fallback(TaskStatus, 'failed')),
  count: v.number(),
  characters: WholeNumber,
});

/** Reads the records of one owner. */
export class SqlReads implements RecordReads {
  constructor(
    private readonly owner: string,
    private readonly parts: Pick<SqlParts, 'database' | 'records' | 'rows' | 'journals'>,
  ) {}

  work(sessionId: string, depth: Depth): Promise<Positioned<WorkState | undefined>> {
    return this.#read(() => this.parts.rows.read(this.owner, sessionId, depth));
  }

  task(taskId: string): Promise<Positioned<WrittenTask | undefined>> {
    return this.#read(() => this.parts.rows.task(this.owner, taskId));
  }

  sessions(query: SessionsPageQuery): Promise<Positioned<Page<SessionRecord>>> {
    const order = 'sequence DESC';
    return this.#page(
      SessionRow,
      { columns: SESSION_COLUMNS, table: 'sessions', order },
      query,
      ({ sessionId, record }) => this.parts.records.session(sessionId, record),
    );
  }

  tasks(query: Omit<TasksPageQuery, 'sessionId'>): Promise<Positioned<Page<TaskRecord>>> {
    const order = 'updated_at DESC, sequence DESC';
    return this.#page(
      TaskRow,
      { columns: TASK_COLUMNS, table: 'tasks', order },
      query,
      ({ record, ...place }) => this.parts.records.task(place, record),
    );
  }

  counts(): Promise<Positioned<StatusCounts>> {
    return this.#read(() => {
      const sessions = this.parts.database.rows(
        SessionCount,
        `SELECT ${asBytes('status')}, count(*) AS count FROM sessions
         WHERE owner = @owner GROUP BY sessions.status`,
        { owner: this.owner },
      );
      const tasks = this.parts.database.rows(
        TaskCount,
        `SELECT ${asBytes('status')}, count(*) AS count, ${asNumber('sum(characters)', 'characters')} FROM tasks
         WHERE owner = @owner GROUP BY tasks.status`,
        { owner: this.owner },
      );
      return {
        sessions: countsOf(sessions),
        tasks: countsOf(tasks),
        characters: tasks.reduce((sum, { characters }) => sum + characters, 0),
      };
    });
  }

  stored(sessionId: string): Promise<readonly StoredPart[]> {
    return inOneTurn(() => this.parts.rows.stored(this.owner, sessionId));
  }

  #page<TSchema extends RowSchema, TRecord>(
    schema: TSchema,
    { columns, table, order }: { readonly columns: string; readonly table: string; readonly order: string },
    {
      page,
      pageSize,
      status,
    }: { readonly page: number; readonly pageSize: number; readonly status?: string },
    toRecord: (row: v.InferOutput<TSchema>) => TRecord,
  ): Promise<Positioned<Page<TRecord>>> {
    const from = `FROM ${table} WHERE owner = @owner AND (@status IS NULL OR status = @status)`;
    const filter = { owner: this.owner, status: status ?? null };
    const select = `SELECT ${columns} ${from} ORDER BY ${order} LIMIT @limit OFFSET @offset`;
    const part = { ...filter, limit: pageSize, offset: (page - 1) * pageSize };
    return this.#read(() => ({
      items: this.parts.database.rows(schema, select, part).map(toRecord),
      total: this.parts.database.row(Total, `SELECT count(*) AS total ${from}`, filter)?.total ?? 0,
    }));
  }

  /**
   * Nobody else writes to the database, and nothing here in the same turn: answer and position are of one
   * state.
   */
  #read<T>(read: () => T): Promise<Positioned<T>> {
    return inOneTurn(() => ({ value: read(), position: this.parts.journals.endOf(this.owner) }));
  }
}

function countsOf<S extends string>(
  rows: readonly { readonly status: S; readonly count: number }[],
): ReadonlyMap<S, number> {
  const counts = new Map<S, number>();
  rows.forEach(({ status, count }) => counts.set(status, count + (counts.get(status) ?? 0)));
  return counts;
}
