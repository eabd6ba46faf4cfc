import { closeSync, copyFileSync, existsSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs';
import { randomUUID } from 'node:crypto';
import { checkStructure } from './check-database';
import { mendRows } from './mend-rows';
import { recoverRows, type Recovery } from './recover-rows';
import { migrate } from './schema';
import { SqlDatabase } from './sql-database';

/** What SQLite keeps beside a database. */
const BESIDE = ['-wal', '-shm'];

/**
 * Makes a sound database of a damaged one that nothing uses, of all that is left of its sessions, tasks and
 * texts. The damaged one is copied first.
 *
 * @returns what was recovered, and where the copy is
 */
export function repairDatabase(file: string, now: Date): Recovery & { readonly copy: string } {
  const copy = `${file}.before-repair-${now.toISOString().replaceAll(':', '-')}`;
  copyFileSync(file, copy);
  for (const beside of BESIDE) {
    if (existsSync(file + beside)) {
      copyFileSync(file + beside, copy + beside);
    }
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

function writeRepaired(damaged: string, repaired: string, now: Date): Recovery {
  const database = new SqlDatabase(repaired);
  try {
    migrate(database);
    const recovery = recoverRows(damaged, database);
    mendRows(database, now);
    const { structure, isIndexDamaged } = checkStructure(database);
    if (isIndexDamaged || structure[0] !== undefined) {
      throw new Error(`the repaired database is damaged, too: ${structure[0] ?? 'an index'}`);
    }
    return recovery;
  } finally {
    database.close();
  }
}

function syncToDisk(file: string): void {
  const descriptor = openSync(file, 'r+');
  fsyncSync(descriptor);
  closeSync(descriptor);
}
