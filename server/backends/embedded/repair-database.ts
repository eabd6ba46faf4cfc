import {
  closeSync,
  copyFileSync,
  existsSync,
  fsyncSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { randomUUID } from 'node:crypto';
import { checkStructure } from './check-database';
import { boundSize } from './file-size';
import { mendRows } from './mend-rows';
import { recoverRows, type Recovery } from './recover-rows';
import { migrate } from './schema';
import { SetAside } from './set-aside';
import { SqlDatabase } from './sql-database';

/** What SQLite keeps beside a database. */
const BESIDE = ['-wal', '-shm'];

/** What became of a damaged file. */
export interface Repair extends Recovery {
  /** Where the file is as it was. */
  readonly copy: string;
  /** Rows that are in the copy alone, as it is not known where they belong. */
  readonly unplaced: number;
}

/**
 * Makes a sound database of a damaged one that nothing uses, of all that is left of its sessions, tasks and
 * texts. The damaged one is copied first.
 *
 * @returns what was recovered, and where the copy is
 */
export function repairDatabase(file: string, now: Date): Repair {
  const copy = `${file}.before-repair-${now.toISOString().replaceAll(':', '-')}`;
  copyFileSync(file, copy);
  const log = `${file}-wal`;
  if (existsSync(log) && statSync(log).size > 0) {
    copyFileSync(log, `${copy}-wal`);
  }
  const repaired = `${file}.repaired-${randomUUID()}`;
  try {
    const recovery = writeRepaired(copy, repaired, now);
    syncToDisk(repaired);
    // A log that belongs to the damaged file must not be read into the new one.
    BESIDE.forEach((beside) => {
      rmSync(file + beside, { force: true });
    });
    renameSync(repaired, file);
    return { ...recovery, copy };
  } finally {
    ['', ...BESIDE].forEach((beside) => {
      rmSync(repaired + beside, { force: true });
    });
  }
}

function writeRepaired(damaged: string, repaired: string, now: Date): Omit<Repair, 'copy'> {
  const database = new SqlDatabase(repaired);
  try {
    boundSize(database);
    migrate(database);
    const recovery = recoverRows(damaged, database);
    mendRows(database, now);
    const unplaced = new SetAside(database).dropLost();
    const { structure, isIndexDamaged } = checkStructure(database);
    if (isIndexDamaged || structure[0] !== undefined) {
      throw new Error(`the repaired database is damaged, too: ${structure[0] ?? 'an index'}`);
    }
    return { ...recovery, unplaced };
  } finally {
    database.close();
  }
}

function syncToDisk(file: string): void {
  const descriptor = openSync(file, 'r+');
  fsyncSync(descriptor);
  closeSync(descriptor);
}
