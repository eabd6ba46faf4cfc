import { randomUUID } from 'node:crypto';
import { JournaledEvent } from '@creative-autogpt/protocol';
import * as v from 'valibot';
import { jsonColumn } from '../json-column';
import type { SqlDatabase } from '../sql-database';
import { SqlJournal } from './sql-journal';

const EpochRow = v.object({ epoch: v.string(), file_identity: v.string() });
const Extent = v.object({ entries: v.number(), span: v.number() });
const NewestRow = v.object({ event: v.string() });
const StoredEvent = jsonColumn(JournaledEvent);

/**
 * Opens the journal of a database. Where its entries cannot be relied on, it drops them and begins a new epoch: clients
 * that followed the old one learn that they must load their state anew.
 *
 * @param fileIdentity tells this database file from a copy of it
 */
export function openJournal(database: SqlDatabase, fileIdentity: string): SqlJournal {
  return database.transaction(() => {
    const known = database.row(EpochRow, 'SELECT epoch, file_identity FROM journal_epoch');
    if (known?.file_identity === fileIdentity && isUnbroken(database) && isNewestReadable(database)) {
      return new SqlJournal(database, known.epoch);
    }
    return beginEpoch(database, fileIdentity);
  });
}

function beginEpoch(database: SqlDatabase, fileIdentity: string): SqlJournal {
  const epoch = randomUUID();
  database.execute('DELETE FROM journal; DELETE FROM journal_epoch;');
  database.change('INSERT INTO journal_epoch (epoch, file_identity) VALUES (@epoch, @fileIdentity)', {
    epoch,
    fileIdentity,
  });
  return new SqlJournal(database, epoch);
}

function isUnbroken(database: SqlDatabase): boolean {
  const sql = `SELECT count(*) AS entries, coalesce(max("offset") - min("offset") + 1, 0) AS span FROM journal`;
  const extent = database.row(Extent, sql);
  return extent?.entries === extent?.span;
}

function isNewestReadable(database: SqlDatabase): boolean {
  const newest = database.row(NewestRow, 'SELECT event FROM journal ORDER BY "offset" DESC LIMIT 1');
  return newest === undefined || v.is(StoredEvent, newest.event);
}
