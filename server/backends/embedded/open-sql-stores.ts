import { join } from 'node:path';
import * as v from 'valibot';
import type { Log } from '../../ports/log';
import { StartupError } from '../../config/startup-error';
import type { Stores } from '../../ports/store';
import { StoredRecords } from '../stored-records';
import { StorageStores } from '../stores';
import { type StoresOptions, withDefaults } from '../stores-options';
import { makeDirectory } from './make-directory';
import { DamagedFile } from './damaged-file';
import { checkJournals, fileIdentity } from './check-journals';
import { markSchemaVersion, migrate } from './schema';
import { lockForOneServer } from './server-lock';
import { SqlDatabase } from './sql-database';
import type { SqlJournals } from './sql-journals';
import { SqlStorage } from './sql-storage';

/** Name of the database in a data directory. */
export const DATABASE_FILE = 'creative-autogpt.db';

/**
 * Opens what the server remembers in a directory, which it makes if need be, and keeps other servers out of
 * it until the stores are closed or the process ends.
 *
 * @param dataDir directory of the database file `creative-autogpt.db`
 * @throws StartupError when the directory cannot be written to or used, or its database is damaged.
 */
export function openSqlStores(dataDir: string, options: StoresOptions = {}): Stores {
  const lock = inUsableDirectory(dataDir, () => {
    makeDirectory(dataDir);
    return lockForOneServer(dataDir);
  });
  try {
    const complete = withDefaults(options);
    const damaged = complete.check(join(dataDir, DATABASE_FILE), complete.log);
    const database = inUsableDirectory(dataDir, () => new SqlDatabase(join(dataDir, DATABASE_FILE)));
    const journals = prepared(database, dataDir, complete.log);
    const records = new StoredRecords(complete.log);
    damaged.forEach((record) => {
      records.note(record);
    });
    const storage = new SqlStorage({ ...complete, database, journals, records, lock });
    return new StorageStores(storage, records, complete.maxSessions);
  } catch (error) {
    lock.release();
    throw error;
  }
}

function prepared(database: SqlDatabase, dataDir: string, log: Log): SqlJournals {
  try {
    // FULL: a change survives the power going off, too, not only the process being killed.
    database.execute('PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;');
    database.row(v.object({}), 'PRAGMA journal_mode = WAL');
    migrate(database);
    markSchemaVersion(database);
    return checkJournals(database, fileIdentity(join(dataDir, DATABASE_FILE)), log);
  } catch (error) {
    database.close();
    throw error instanceof StartupError ? error : unusableDatabase(dataDir, error);
  }
}

function inUsableDirectory<T>(dataDir: string, use: () => T): T {
  try {
    return use();
  } catch (error) {
    throw error instanceof StartupError
      ? error
      : new StartupError(
          `DATA_DIR ${dataDir} cannot be used (${reasonOf(error)}): ` +
            'set DATA_DIR to a directory that this user can write to.',
          { cause: error },
        );
  }
}

function unusableDatabase(dataDir: string, error: unknown): StartupError {
  return new StartupError(
    `The database ${join(dataDir, DATABASE_FILE)} cannot be used (${reasonOf(error)}): ` +
      'restore it from a backup, or move it away to start with an empty one.',
    { cause: error },
  );
}

function reasonOf(error: unknown): string {
  if (error instanceof DamagedFile) {
    return error.reason;
  }
  return error instanceof Error ? error.message : String(error);
}
