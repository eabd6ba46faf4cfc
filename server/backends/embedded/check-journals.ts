import { randomUUID } from 'node:crypto';
import { statSync } from 'node:fs';
import * as v from 'valibot';
import { isReadable } from '../entry-check';
import type { SqlDatabase } from './sql-database';
import { SqlJournals, type SqlJournalsOptions } from './sql-journals';
import { asBytes, isDamagedText, OptionalText, Text } from './sql-text';

const EpochRow = v.object({ epoch: Text, file_identity: Text });
const Broken = v.object({ broken: v.number() });
const NewestRow = v.object({ event: OptionalText });

/**
 * The journals of a database, whose entries are checked first. Where they cannot be relied on, it drops them
 * and begins a new epoch: clients that followed the old one learn that they must load their state anew.
 *
 * @param fileIdentity tells this database file from a copy of it
 */
export function checkJournals(
  database: SqlDatabase,
  fileIdentity: string,
  options: SqlJournalsOptions,
): SqlJournals {
  return database.transaction(() => {
    const known = database.row(
      EpochRow,
      `SELECT ${asBytes('epoch')}, ${asBytes('file_identity')} FROM journal_epoch`,
    );
    if (
      known?.file_identity === fileIdentity &&
      !isDamagedText(known.epoch) &&
      isUnbroken(database) &&
      isNewestReadable(database)
    ) {
      return new SqlJournals(database, known.epoch, options);
    }
    return beginEpoch(database, fileIdentity, options);
  });
}

function beginEpoch(database: SqlDatabase, fileIdentity: string, options: SqlJournalsOptions): SqlJournals {
  const epoch = randomUUID();
  database.execute('DELETE FROM journal; DELETE FROM journal_ends; DELETE FROM journal_epoch;');
  database.change('INSERT INTO journal_epoch (epoch, file_identity) VALUES (@epoch, @fileIdentity)', {
    epoch,
    fileIdentity,
  });
  return new SqlJournals(database, epoch, options);
}

/** Whether each journal goes without a hole up to the newest event that was appended. */
function isUnbroken(database: SqlDatabase): boolean {
  const sql = `SELECT count(*) AS broken FROM (
      SELECT owner, count(*) AS entries, min("offset") AS oldest, max("offset") AS newest FROM journal GROUP BY owner
    ) AS j LEFT JOIN journal_ends AS e USING (owner)
    WHERE entries <> j.newest - oldest + 1 OR e.newest IS NOT j.newest`;
  return database.row(Broken, sql)?.broken === 0;
}

function isNewestReadable(database: SqlDatabase): boolean {
  const sql = `SELECT ${asBytes('event')} FROM journal_ends AS e JOIN journal AS j ON j.owner = e.owner AND j."offset" = e.newest`;
  return database.rows(NewestRow, sql).every(({ event }) => isReadable(event));
}

/**
 * Tells a file from a copy of it, such as a backup that was put back: a copy is another file of the file
 * system, made at another time. Only what is written over the file itself, byte by byte, goes unnoticed.
 */
export function fileIdentity(path: string): string {
  const { ino, birthtimeNs } = statSync(path, { bigint: true });
  return `${ino}:${birthtimeNs}`;
}
