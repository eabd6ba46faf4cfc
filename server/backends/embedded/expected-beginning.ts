import { accessSync, constants, statSync } from 'node:fs';
import { join } from 'node:path';
import { StartupError } from '../../config/startup-error';
import type { Log } from '../../ports/log';
import { fileIdentity } from './check-journals';
import { LOCK_FILE, type LastServer } from './server-lock';

export const DATABASE_FILE = 'creative-autogpt.db';
/** Changes that are not yet in the database file. */
export const CHANGES_FILE = `${DATABASE_FILE}-wal`;

/**
 * Compares what a data directory has with what the last server left there: what is missing is told, before
 * anything is written. A first start, a backup that was put back, and a copy of the directory are expected.
 *
 * @throws StartupError when what the last server left is missing.
 * @throws Error when the database may not be read and written.
 */
export function mustBeginAsExpected(dataDir: string, last: LastServer | undefined, log: Log): void {
  const file = join(dataDir, DATABASE_FILE);
  const size = sizeOf(file);
  const changes = sizeOf(join(dataDir, CHANGES_FILE));
  if (size === undefined || size === 0) {
    if (last !== undefined || (changes ?? 0) > 0) {
      throw new StartupError(
        `The database ${file} is ${size === 0 ? 'empty' : 'gone'}, though a server used it before: ` +
          'put it back, or restore it from a backup. ' +
          `To begin with an empty one, move all creative-autogpt.* files away.`,
      );
    }
    log.info({ file }, 'there is no database yet: an empty one is made');
    return;
  }
  accessSync(file, constants.R_OK | constants.W_OK);
  // In a copy of the directory every file is another one.
  if (last?.isSameDirectory !== true) {
    return;
  }
  if (fileIdentity(file) === last.databaseFile) {
    if (!last.isClosed && changes === undefined) {
      throw new StartupError(
        `${join(dataDir, CHANGES_FILE)} is gone, which had the newest changes: put it back, or restore a backup. ` +
          `To go on without those changes, delete ${LOCK_FILE}.`,
      );
    }
    return;
  }
  if ((changes ?? 0) > 0) {
    throw new StartupError(
      `The database ${file} is another file than before, and ${CHANGES_FILE} belongs to the one before: ` +
        `move ${DATABASE_FILE}-* away to go on with this file.`,
    );
  }
  log.warn({ file }, 'the database is another file than before, such as a backup that was put back');
}

/**
 * Bytes of a file; undefined where there is none.
 *
 * @throws StartupError for a directory.
 */
function sizeOf(file: string): number | undefined {
  const found = statSync(file, { throwIfNoEntry: false });
  if (found?.isDirectory() === true) {
    throw new StartupError(`${file} is a directory, in the place of a file: move it away.`);
  }
  return found?.size;
}
