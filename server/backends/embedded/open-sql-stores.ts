import { existsSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { StartupError } from '../../config/startup-error';
import type { Stores } from '../../ports/store';
import { type DamagedRecord, StoredRecords } from '../stored-records';
import { StorageStores } from '../stores';
import { type CompleteStoresOptions, type StoresOptions, withDefaults } from '../stores-options';
import { DamagedFile } from './damaged-file';
import { checkJournals, fileIdentity } from './check-journals';
import { DataDirectory } from './data-directory';
import { diskFailureOf } from './disk-failure';
import { CHANGES_FILE, DATABASE_FILE, mustBeginAsExpected } from './expected-beginning';
import { makeDirectory, mustTakeFiles } from './make-directory';
import { boundSize, letShrink } from './file-size';
import { countTotals } from './owner-totals';
import { markSchemaVersion, migrate } from './schema';
import { ServerLock } from './server-lock';
import { SqlDatabase } from './sql-database';
import type { SqlJournals } from './sql-journals';
import { SqlStorage } from './sql-storage';

/**
 * Opens what the server remembers in a directory, which it makes if need be, and keeps other servers out of
 * it until the stores are closed or the process ends.
 *
 * @param dataDir directory of the database file `creative-autogpt.db`
 * @throws StartupError when the directory cannot be written to or used, when its database is damaged, or when
 *   what the last server left there is missing.
 */
export function openSqlStores(dataDir: string, options: StoresOptions = {}): Stores {
  const complete = withDefaults(options);
  const { log, quota } = complete;
  const lock = inUsableDirectory(dataDir, () => {
    makeDirectory(dataDir);
    mustTakeFiles(dataDir);
    return ServerLock.take(dataDir);
  });
  const release = (): void => {
    lock.release();
  };
  try {
    inUsableDirectory(dataDir, () => {
      mustBeginAsExpected(dataDir, lock.lastServer, log);
    });
    const damaged = checked(dataDir, lock, complete);
    const database = inUsableDirectory(dataDir, () => new SqlDatabase(join(dataDir, DATABASE_FILE)));
    const journals = prepared(database, dataDir, lock, complete);
    const saveChanges = (): boolean => savedInOneFile(database, dataDir, lock);
    const directory = new DataDirectory(dataDir, log, saveChanges);
    const records = new StoredRecords(log);
    damaged.forEach((record) => {
      records.note(record);
    });
    const parts = { ...complete, database, journals, records, directory, saveChanges, release };
    return new StorageStores(new SqlStorage(parts), records, quota);
  } catch (error) {
    release();
    throw error;
  }
}

/** Has the database checked, which may bring the changes beside it into its file. @returns the damaged records */
function checked(
  dataDir: string,
  lock: ServerLock,
  { check, log }: Pick<CompleteStoresOptions, 'check' | 'log'>,
): readonly DamagedRecord[] {
  const file = join(dataDir, DATABASE_FILE);
  try {
    return check(file, log);
  } finally {
    // Whatever the check says: the next start must not miss what is in the file already.
    if (existsSync(file) && !existsSync(join(dataDir, CHANGES_FILE))) {
      lock.noteClosed(fileIdentity(file));
    }
  }
}

function prepared(
  database: SqlDatabase,
  dataDir: string,
  lock: ServerLock,
  { log, retention }: Pick<CompleteStoresOptions, 'log' | 'retention'>,
): SqlJournals {
  try {
    boundSize(database);
    // FULL: a change survives the power going off, too, not only the process being killed.
    database.execute('PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;');
    database.row(v.object({}), 'PRAGMA journal_mode = WAL');
    migrate(database);
    // Makes the file of changes, which is missed from here on, when it is not there yet.
    markSchemaVersion(database);
    letShrink(database, log);
    countTotals(database);
    if (lock.isNew) {
      // Nobody knows what the last server published from this database.
      database.execute('DELETE FROM journal_epoch');
    }
    const identity = fileIdentity(join(dataDir, DATABASE_FILE));
    const journals = checkJournals(database, identity, { log, retention });
    lock.noteOpen(identity);
    return journals;
  } catch (error) {
    database.close();
    throw error instanceof StartupError ? error : unusableDatabase(dataDir, error);
  }
}

/**
 * Brings the changes into the database file, and notes that in the lock file.
 *
 * @returns whether it could: another program that reads keeps it from that
 */
function savedInOneFile(database: SqlDatabase, dataDir: string, lock: ServerLock): boolean {
  const result = database.row(v.object({ busy: v.number() }), 'PRAGMA wal_checkpoint(TRUNCATE)');
  const isSaved = result?.busy === 0;
  if (isSaved) {
    lock.noteClosed(fileIdentity(join(dataDir, DATABASE_FILE)));
  }
  return isSaved;
}

function inUsableDirectory<T>(dataDir: string, use: () => T): T {
  try {
    return use();
  } catch (error) {
    throw error instanceof StartupError
      ? error
      : new StartupError(
          `DATA_DIR ${dataDir} cannot be used (${reasonOf(error)}). ` +
            (diskFailureOf(error) ?? 'Set DATA_DIR to a directory that this user can write to.'),
          { cause: error },
        );
  }
}

function unusableDatabase(dataDir: string, error: unknown): StartupError {
  const file = join(dataDir, DATABASE_FILE);
  const failure = diskFailureOf(error);
  return new StartupError(
    failure === undefined
      ? `The database ${file} cannot be used (${reasonOf(error)}): restore it from a backup, ` +
          'or move all creative-autogpt.* files away to start with an empty one.'
      : `The database ${file} cannot be used (${reasonOf(error)}). ${failure}`,
    { cause: error },
  );
}

function reasonOf(error: unknown): string {
  if (error instanceof DamagedFile) {
    return error.reason;
  }
  return error instanceof Error ? error.message : String(error);
}
