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
  count: WholeNumber,
  characters: WholeNumber,
});

/** How the rows of a table are listed. An index has each of the columns in the same order. */
interface Listing {
  readonly table: 'sessions' | 'tasks';
  readonly columns: string;
  readonly order: readonly string[];
  /** What gives the number of rows that a filter lets pass. */
  readonly counted: string;
}

const SESSIONS: Listing = {
  table: 'sessions',
  columns: SESSION_COLUMNS,
  order: ['sequence'],
  counted: 'SELECT count(*) AS total FROM sessions',
};
const TASKS: Listing = {
  table: 'tasks',
  columns: TASK_COLUMNS,
  order: ['updated_at', 'sequence'],
  counted: 'SELECT coalesce(sum(count), 0) AS total FROM task_counts',
};

/** Reads the records of one owner. No read takes longer the more tasks there are, but for pages in the middle. */
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
    return this.#page(SessionRow, SESSIONS, query, ({ sessionId, record }) =>
      this.parts.records.session(sessionId, record),
    );
  }

  tasks(query: Omit<TasksPageQuery, 'sessionId'>): Promise<Positioned<Page<TaskRecord>>> {
    return this.#page(TaskRow, TASKS, query, ({ record, ...place }) =>
      this.parts.records.task(place, record),
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
        `SELECT ${asBytes('status')}, ${asNumber('count')}, ${asNumber('characters')} FROM task_counts
         WHERE owner = @owner`,
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

  /** Last first. A page in the second half is counted from the end: the database walks over what is before it. */
  #page<TSchema extends RowSchema, TRecord>(
    schema: TSchema,
    { table, columns, order, counted }: Listing,
    query: { readonly page: number; readonly pageSize: number; readonly status?: string },
    toRecord: (row: v.InferOutput<TSchema>) => TRecord,
  ): Promise<Positioned<Page<TRecord>>> {
    const { database } = this.parts;
    const { page, pageSize, status } = query;
    const filter = { owner: this.owner, ...(status !== undefined && { status }) };
    const where = `WHERE owner = @owner ${status === undefined ? '' : 'AND status = @status'}`;
    return this.#read(() => {
      const total = database.row(Total, `${counted} ${where}`, filter)?.total ?? 0;
      const before = (page - 1) * pageSize;
      const limit = Math.max(0, Math.min(pageSize, total - before));
      const after = total - before - limit;
      const isFromEnd = after < before;
      const by = order.map((column) => `${column} ${isFromEnd ? 'ASC' : 'DESC'}`).join(', ');
      const sql = `SELECT ${columns} FROM ${table} ${where} ORDER BY ${by} LIMIT @limit OFFSET @offset`;
      const offset = isFromEnd ? Math.max(0, after) : before;
      const items = database.rows(schema, sql, { ...filter, limit, offset }).map(toRecord);
      return { items: isFromEnd ? items.reverse() : items, total };
    });
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
