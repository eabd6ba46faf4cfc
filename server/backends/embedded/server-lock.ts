import { join } from 'node:path';
import { StartupError } from '../../config/startup-error';
import { SqlDatabase } from './sql-database';

/** Held for as long as a server uses a data directory. */
export interface ServerLock {
  release(): void;
}

/**
 * Keeps a second server from the same data directory, where it would run the same sessions again. The lock is
 * one that the operating system holds for the process: it is gone when the process is, however that ended.
 *
 * @throws StartupError when another server holds it.
 */
export function lockForOneServer(dataDir: string): ServerLock {
  // A file of its own, so that other programs can still read the database.
  const lock = new SqlDatabase(join(dataDir, 'creative-autogpt.lock'));
  try {
    lock.execute('BEGIN EXCLUSIVE');
  } catch (error) {
    lock.close();
    throw new StartupError(
      `DATA_DIR ${dataDir} is in use by another server: stop it, or set DATA_DIR to another directory.`,
      { cause: error },
    );
  }
  return {
    release: () => {
      lock.execute('ROLLBACK');
      lock.close();
    },
  };
}
