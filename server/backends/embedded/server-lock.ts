import { accessSync, constants, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { StartupError } from '../../config/startup-error';
import { fileIdentity } from './check-journals';
import { codeOf, diskFailureOf } from './disk-failure';
import { SqlDatabase } from './sql-database';
import { asBytes, asNumber, Text, WholeNumber } from './sql-text';

/** A file of its own, so that other programs can still read the database. */
export const LOCK_FILE = 'creative-autogpt.lock';

/** Where SQLite keeps `application_id` in a file (bytes): there is the id of the process that has the lock. */
const PROCESS_ID_AT = 68;

const TABLE = `CREATE TABLE IF NOT EXISTS last_server (
  is_closed INTEGER NOT NULL, database_file TEXT NOT NULL, lock_file TEXT NOT NULL
) STRICT`;

const LastServerRow = v.object({ is_closed: WholeNumber, database_file: Text, lock_file: Text });

/** What the last server in a data directory has left there. */
export interface LastServer {
  /** Whether it left everything in the database file alone. */
  readonly isClosed: boolean;
  /** Identity of its database file. */
  readonly databaseFile: string;
  /** Whether the directory is still the same one, and not a copy. */
  readonly isSameDirectory: boolean;
}

/**
 * Keeps a second server from the same data directory, where it would run the same sessions again. The lock is
 * one that the operating system holds for the process: it is gone when the process is, however that ended.
 * Its file says what the last server has left, so that the next one notices what is missing.
 */
export class ServerLock {
  private constructor(
    private readonly file: string,
    private readonly lock: SqlDatabase,
    /** Whether there was no lock file before. */
    readonly isNew: boolean,
    /** Undefined where no server has noted anything yet. */
    readonly lastServer: LastServer | undefined,
  ) {}

  /**
   * @throws StartupError when another server holds the lock, or its file is damaged.
   * @throws Error when the disk does not take it.
   */
  static take(dataDir: string): ServerLock {
    const file = join(dataDir, LOCK_FILE);
    const isNew = !existsSync(file);
    if (!isNew) {
      accessSync(file, constants.R_OK | constants.W_OK);
    }
    const lock = new SqlDatabase(file);
    try {
      // The mode keeps the lock from commit to commit.
      lock.row(v.object({}), 'PRAGMA locking_mode = EXCLUSIVE');
      lock.execute(`BEGIN EXCLUSIVE; ${TABLE};`);
      return new ServerLock(file, lock, isNew, lastServerOf(lock, fileIdentity(file)));
    } catch (error) {
      lock.close();
      throw refusalFor(error, dataDir, file);
    }
  }

  /** Notes, on disk, which database file is in use. */
  noteOpen(databaseFile: string): void {
    this.#note({ is_closed: 0, database_file: databaseFile });
  }

  /** Notes, on disk, that everything is in the database file alone. */
  noteClosed(databaseFile: string): void {
    this.#note({ is_closed: 1, database_file: databaseFile });
  }

  release(): void {
    const { lock } = this;
    if (lock.isInTransaction) {
      lock.execute('ROLLBACK');
    }
    // libsql may keep the file open after it is closed: the lock is let go of by the next read.
    lock.row(v.object({}), 'PRAGMA locking_mode = NORMAL');
    lock.row(v.object({}), 'SELECT count(*) FROM sqlite_schema');
    lock.close();
  }

  #note(row: Omit<v.InferOutput<typeof LastServerRow>, 'lock_file'>): void {
    const { lock, file } = this;
    if (!lock.isInTransaction) {
      lock.execute('BEGIN EXCLUSIVE');
    }
    lock.execute(`${TABLE}; DELETE FROM last_server; PRAGMA application_id = ${process.pid};`);
    lock.change('INSERT INTO last_server VALUES (@is_closed, @database_file, @lock_file)', {
      ...row,
      lock_file: fileIdentity(file),
    });
    lock.execute('COMMIT; BEGIN EXCLUSIVE;');
  }
}

function lastServerOf(lock: SqlDatabase, lockFile: string): LastServer | undefined {
  const row = lock.row(
    LastServerRow,
    `SELECT ${asNumber('is_closed')}, ${asBytes('database_file')}, ${asBytes('lock_file')} FROM last_server`,
  );
  return (
    row && {
      isClosed: row.is_closed === 1,
      databaseFile: row.database_file,
      isSameDirectory: row.lock_file === lockFile,
    }
  );
}

function refusalFor(error: unknown, dataDir: string, file: string): unknown {
  if (codeOf(error)?.startsWith('SQLITE_BUSY') === true) {
    return new StartupError(
      `DATA_DIR ${dataDir} is in use by another server${holderOf(file)}: ` +
        'stop it, or set DATA_DIR to another directory.',
      { cause: error },
    );
  }
  if (diskFailureOf(error) !== undefined) {
    return error;
  }
  return new StartupError(`${file} is damaged: delete it, when no other server uses the directory.`, {
    cause: error,
  });
}

/** Which process has the lock, where its file says so. */
function holderOf(file: string): string {
  const header = readFileSync(file);
  const id = header.length < PROCESS_ID_AT + 4 ? 0 : header.readUInt32BE(PROCESS_ID_AT);
  return id === 0 ? '' : ` (process ${id})`;
}
