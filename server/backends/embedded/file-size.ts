import * as v from 'valibot';
import type { Log } from '../../ports/log';
import type { SqlDatabase } from './sql-database';

/** Largest file (bytes) of an earlier version that a start makes anew: it takes about a second. */
const LARGEST_TO_REBUILD = 256 * 1024 ** 2;

/** Most bytes of the log of changes (`-wal`) that stay on the disk once they are in the file. */
const MOST_OF_THE_LOG = 16 * 1024 ** 2;

/** Free pages that the file keeps for what comes next: 8 MiB. */
const KEPT_PAGES = 2048;

/** Value of `PRAGMA auto_vacuum` for a file that can give free pages back. */
const INCREMENTAL = 2;

const AutoVacuum = v.object({ auto_vacuum: v.number() });
const Free = v.object({ freelist_count: v.number() });
const Size = v.object({ bytes: v.number() });

/** To be called before a new file is first written to, where it settles how the file is laid out. */
export function boundSize(database: SqlDatabase): void {
  database.execute(`PRAGMA auto_vacuum = INCREMENTAL; PRAGMA journal_size_limit = ${MOST_OF_THE_LOG};`);
}

/** Lets a file of an earlier version become smaller: a small one is made anew, of a large one the log says how. */
export function letShrink(database: SqlDatabase, log: Pick<Log, 'warn'>): void {
  if (database.row(AutoVacuum, 'PRAGMA auto_vacuum')?.auto_vacuum === INCREMENTAL) {
    return;
  }
  const sql = 'SELECT page_count * page_size AS bytes FROM pragma_page_count, pragma_page_size';
  const bytes = database.row(Size, sql)?.bytes ?? 0;
  if (bytes > LARGEST_TO_REBUILD) {
    log.warn(
      { bytes },
      'the database file is of an earlier version, and does not become smaller by itself: make a backup, and put it back',
    );
    return;
  }
  try {
    database.execute('VACUUM');
  } catch (error) {
    log.warn({ err: error }, 'the database file could not be made anew: the next start tries again');
  }
}

/**
 * Gives about `step` free pages back to the disk, once there are many: the file is as large as what is in it.
 *
 * @returns whether there may be more
 */
export function shrink(database: SqlDatabase, step: number): boolean {
  const free = database.row(Free, 'PRAGMA freelist_count')?.freelist_count ?? 0;
  const isShrinkable = database.row(AutoVacuum, 'PRAGMA auto_vacuum')?.auto_vacuum === INCREMENTAL;
  if (!isShrinkable || free <= KEPT_PAGES) {
    return false;
  }
  database.execute(`PRAGMA incremental_vacuum(${step})`);
  return free - step > KEPT_PAGES;
}
