import Database from 'libsql';
import * as v from 'valibot';

/** What may be bound to a statement. libsql ends the process on a boolean, so there is none. */
type SqlValue = string | number | null;
export type SqlParameters = Readonly<Record<string, SqlValue>>;

/**
 * One connection to an SQLite file: the only place that talks to libsql. Rows come out checked by a schema,
 * so a file somebody else wrote to cannot smuggle in a value of the wrong type.
 */
export class SqlDatabase {
  readonly #connection: Database.Database;
  readonly #statements = new Map<string, Database.Statement<[SqlParameters]>>();
  #isClosed = false;

  /** @throws Error when the file cannot be opened or made. */
  constructor(file: string) {
    this.#connection = new Database(file);
  }

  /** Runs a script of statements without parameters. */
  execute(script: string): void {
    this.#open.exec(script);
  }

  /** Runs a statement that changes rows. @returns how many it changed */
  change(sql: string, parameters: SqlParameters): number {
    return this.#statement(sql).run(withoutNul(parameters)).changes;
  }

  /** Runs a statement that inserts a row. @returns the row's number */
  insert(sql: string, parameters: SqlParameters): number {
    return Number(this.#statement(sql).run(withoutNul(parameters)).lastInsertRowid);
  }

  rows<const TSchema extends RowSchema>(
    schema: TSchema,
    sql: string,
    parameters: SqlParameters = {},
  ): v.InferOutput<TSchema>[] {
    // `all` also for single rows: libsql's `get` adds a field of its own to the row.
    return this.#statement(sql)
      .all(withoutNul(parameters))
      .map((row) => v.parse(schema, row));
  }

  /** The first row, or undefined when there is none. */
  row<const TSchema extends RowSchema>(
    schema: TSchema,
    sql: string,
    parameters: SqlParameters = {},
  ): v.InferOutput<TSchema> | undefined {
    return this.rows(schema, sql, parameters)[0];
  }

  get isInTransaction(): boolean {
    return this.#open.inTransaction;
  }

  /**
   * Does all of `work` or, when it throws, nothing. It is on disk when this returns, or, inside another
   * transaction, when that one does.
   */
  transaction<T>(work: () => T): T {
    return this.isInTransaction
      ? this.#between('SAVEPOINT inner', 'RELEASE inner', 'ROLLBACK TO inner; RELEASE inner', work)
      : this.#between('BEGIN IMMEDIATE', 'COMMIT', 'ROLLBACK', work);
  }

  close(): void {
    if (!this.#isClosed) {
      this.#isClosed = true;
      this.#statements.clear();
      this.#connection.close();
    }
  }

  /** libsql ends the process where a closed connection is used. */
  get #open(): Database.Database {
    if (this.#isClosed) {
      throw new Error('The database is closed.');
    }
    return this.#connection;
  }

  #between<T>(begin: string, end: string, undo: string, work: () => T): T {
    this.execute(begin);
    try {
      const result = work();
      this.execute(end);
      return result;
    } catch (error) {
      // A full disk makes SQLite roll back all of it by itself; a second rollback would hide the reason.
      if (this.isInTransaction) {
        this.execute(undo);
      }
      throw error;
    }
  }

  #statement(sql: string): Database.Statement<[SqlParameters]> {
    const known = this.#statements.get(sql);
    if (known !== undefined) {
      return known;
    }
    const statement = this.#open.prepare<SqlParameters>(sql);
    this.#statements.set(sql, statement);
    return statement;
  }
}

type RowSchema = v.GenericSchema;

/** What `work` gives at once, for callers that wait; a failure is a rejection. */
export function inOneTurn<T>(work: () => T): Promise<T> {
  return new Promise((resolve) => {
    resolve(work());
  });
}

/** libsql cuts a string off at its first NUL; as the replacement character nothing after it is lost. */
function withoutNul(parameters: SqlParameters): SqlParameters {
  return Object.fromEntries(
    Object.entries(parameters).map(([name, value]) => [
      name,
      typeof value === 'string' ? value.replaceAll('\0', '\uFFFD') : value,
    ]),
  );
}
