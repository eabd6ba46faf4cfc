import { join } from 'node:path';
import * as v from 'valibot';
import { StartupError } from '../../config/startup-error';
import type { Stores } from '../../ports/store';
import { StoredRecords } from '../stored-records';
import { StorageStores } from '../stores';
import { type CompleteStoresOptions, type StoresOptions, withDefaults } from '../stores-options';
import { makeDirectory } from './make-directory';
import { checkJournals, fileIdentity } from './check-journals';
import { boundSize, letShrink } from './file-size';
import { countTotals } from './owner-totals';
import { markSchemaVersion, migrate } from './schema';
import { lockForOneServer } from './server-lock';
import { SqlDatabase } from './sql-database';
import type { SqlJournals } from './sql-journals';
import { SqlStorage } from './sql-storage';

const DATABASE_FILE = 'creative-autogpt.db';

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
    const database = inUsableDirectory(dataDir, () => new SqlDatabase(join(dataDir, DATABASE_FILE)));
    const complete = withDefaults(options);
    const journals = prepared(database, dataDir, complete);
    const records = new StoredRecords(complete.log);
    const storage = new SqlStorage({ ...complete, database, journals, records, lock });
    return new StorageStores(storage, records, complete.quota);
  } catch (error) {
    lock.release();
    throw error;
  }
}

function prepared(
  database: SqlDatabase,
  dataDir: string,
  { log, retention }: Pick<CompleteStoresOptions, 'log' | 'retention'>,
): SqlJournals {
  try {
    boundSize(database);
    // FULL: a change survives the power going off, too, not only the process being killed.
    database.execute('PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;');
    database.row(v.unknown(), 'PRAGMA journal_mode = WAL');
    mustBeSound(database);
    migrate(database);
    markSchemaVersion(database);
    letShrink(database, log);
    countTotals(database);
    return checkJournals(database, fileIdentity(join(dataDir, DATABASE_FILE)), { log, retention });
  } catch (error) {
    database.close();
    throw error instanceof StartupError ? error : unusableDatabase(dataDir, error);
  }
}

/** @throws Error that says what is damaged */
function mustBeSound(database: SqlDatabase): void {
  const QuickCheck = v.object({ quick_check: v.string() });
  const finding = database.row(QuickCheck, 'PRAGMA quick_check(1)')?.quick_check;
  if (finding !== 'ok') {
    throw new Error(finding ?? 'it cannot be checked');
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
  return error instanceof Error ? error.message : String(error);
}
