import { pathToFileURL } from 'node:url';
import Database from 'libsql';
import * as v from 'valibot';
import { DamagedFile } from './damaged-file';
import { withoutNul } from './sql-text';

/** What may be bound to a statement. libsql ends the process on a boolean, so there is none. */
type SqlValue = string | number | Uint8Array | null;
export type SqlParameters = Readonly<Record<string, SqlValue>>;

/**
 * What a row may have in a column. There is no text: libsql ends the process on text that is not UTF-8, so
 * text is selected as bytes, by `asBytes`, and read by `Text`.
 */
type SqlCell = ArrayBuffer | number | null;

/**
 * One connection to an SQLite file: the only place that talks to libsql. Rows come out checked by a schema,
 * so a file somebody else wrote to cannot smuggle in a value of the wrong type.
 *
 * @throws DamagedFile from every method that comes to a damaged part of the file.
 */
export class SqlDatabase {
  readonly #connection: Database.Database;
  readonly #statements = new Map<string, Database.Statement<[SqlParameters]>>();
  #isClosed = false;
  #isDamaged = false;

  /**
   * @param access `read` for a file that is to stay as it is, whether or not a server uses it
   * @throws Error when the file cannot be opened or made.
   */
  constructor(file: string, access: 'read' | 'write' = 'write') {
    this.#connection = new Database(access === 'read' ? `${pathToFileURL(file).href}?mode=ro` : file);
  }

  /** Whether something came to a damaged part of the file since it was opened. */
  get isDamaged(): boolean {
    return this.#isDamaged;
  }

  /** Runs a script of statements without parameters. */
  execute(script: string): void {
    this.#asking(() => {
      this.#open.exec(script);
    });
  }

  /** Runs a statement that changes rows. @returns how many it changed */
  change(sql: string, parameters: SqlParameters): number {
    return this.#asking(() => this.#statement(sql).run(bound(parameters)).changes);
  }

  rows<const TSchema extends RowSchema>(
    schema: TSchema,
    sql: string,
    parameters: SqlParameters = {},
  ): v.InferOutput<TSchema>[] {
    // `all` also for single rows: libsql's `get` adds a field of its own to the row.
    const rows = this.#asking(() => this.#statement(sql).all(bound(parameters)));
    return rows.map((row) => v.parse(schema, row));
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

  #asking<T>(ask: () => T): T {
    try {
      return ask();
    } catch (error) {
      const damage = DamagedFile.from(error);
      this.#isDamaged ||= damage !== undefined;
      throw damage ?? error;
    }
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

/** Takes rows without text, which is selected as bytes. */
export type RowSchema = v.GenericSchema<Readonly<Record<string, SqlCell>>, unknown>;

/** What `work` gives at once, for callers that wait; a failure is a rejection. */
export function inOneTurn<T>(work: () => T): Promise<T> {
  return new Promise((resolve) => {
    resolve(work());
  });
}

function bound(parameters: SqlParameters): SqlParameters {
  return Object.fromEntries(
    Object.entries(parameters).map(([name, value]) => [
      name,
      typeof value === 'string' ? withoutNul(value) : value,
    ]),
  );
}
