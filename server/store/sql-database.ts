import Database from 'libsql';
import * as v from 'valibot';

/** What may be bound to a statement. libsql ends the process on a boolean, so there is none. */
export type SqlValue = string | number | null;
export type SqlParameters = Readonly<Record<string, SqlValue>>;

/**
 * One connection to an SQLite file: the only place that talks to libsql. Rows come out checked by a schema, so a file
 * somebody else wrote to cannot smuggle in a value of the wrong type.
 */
export class SqlDatabase {
  readonly #connection: Database.Database;
  readonly #statements = new Map<string, Database.Statement<[SqlParameters]>>();

  /** @throws Error when the file cannot be opened or made. */
  constructor(file: string) {
    this.#connection = new Database(file);
  }

  /** Runs a script of statements without parameters. */
  execute(script: string): void {
    this.#connection.exec(script);
  }

  /** Runs a statement that changes rows. @returns how many it changed */
  change(sql: string, parameters: SqlParameters): number {
    return this.#statement(sql).run(withoutNul(parameters)).changes;
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

  /** Does all of `work` or, when it throws, nothing. It is on disk when this returns. */
  transaction<T>(work: () => T): T {
    this.execute('BEGIN IMMEDIATE');
    try {
      const result = work();
      this.execute('COMMIT');
      return result;
    } catch (error) {
      // A full disk makes SQLite roll back by itself; a second ROLLBACK would hide the reason.
      if (this.#connection.inTransaction) {
        this.execute('ROLLBACK');
      }
      throw error;
    }
  }

  close(): void {
    this.#statements.clear();
    this.#connection.close();
  }

  #statement(sql: string): Database.Statement<[SqlParameters]> {
    const known = this.#statements.get(sql);
    if (known !== undefined) {
      return known;
    }
    const statement = this.#connection.prepare<SqlParameters>(sql);
    this.#statements.set(sql, statement);
    return statement;
  }
}

type RowSchema = v.GenericSchema;

/** libsql cuts a string off at its first NUL; as the replacement character nothing after it is lost. */
function withoutNul(parameters: SqlParameters): SqlParameters {
  return Object.fromEntries(
    Object.entries(parameters).map(([name, value]) => [
      name,
      typeof value === 'string' ? value.replaceAll('\0', '\uFFFD') : value,
    ]),
  );
}
