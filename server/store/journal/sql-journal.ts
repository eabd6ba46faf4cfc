import type { StreamPosition } from '@creative-autogpt/protocol';
import * as v from 'valibot';
import type { SqlDatabase } from '../sql-database';
import type { AnnouncedEvent, Announcement, Journal, JournalEntry, JournalRetention } from './journal';

const EntryRow = v.object({ offset: v.number(), sessionId: v.string(), json: v.string() });
const Ends = v.object({ oldest: v.nullable(v.number()), newest: v.nullable(v.number()) });

const HOUR_MS = 3_600_000;

/** The journal in the database file of the state it tells about, so that one transaction changes both. */
export class SqlJournal implements Journal {
  readonly #database: SqlDatabase;
  readonly #epoch: string;

  /** @param epoch that of the entries in the database; `openJournal` knows it */
  constructor(database: SqlDatabase, epoch: string) {
    this.#database = database;
    this.#epoch = epoch;
  }

  get end(): StreamPosition {
    return { epoch: this.#epoch, offset: this.#ends().newest ?? 0 };
  }

  reachesBackTo({ epoch, offset }: StreamPosition): boolean {
    const { oldest, newest } = this.#ends();
    return epoch === this.#epoch && offset <= (newest ?? 0) && offset + 1 >= (oldest ?? 1);
  }

  read(after: number, limit: number): Promise<readonly JournalEntry[]> {
    return new Promise((resolve) => {
      const sql = `SELECT "offset", session_id AS sessionId, event AS json FROM journal
        WHERE "offset" > @after ORDER BY "offset" LIMIT @limit`;
      resolve(this.#database.rows(EntryRow, sql, { after, limit }));
    });
  }

  /** Belongs into the transaction that makes the event true. */
  append(event: AnnouncedEvent, now: Date): Announcement {
    const sessionId = event.session_id;
    const json = JSON.stringify(event);
    // SQLite gives a row the number after the highest there is, and the newest entry is never dropped.
    const offset = this.#database.insert(
      'INSERT INTO journal (session_id, announced_at, event) VALUES (@sessionId, @now, @json)',
      { sessionId, now: now.toISOString(), json },
    );
    return { offset, sessionId, json, event };
  }

  /**
   * Drops what the retention excludes among the oldest `step` entries, but never the newest entry.
   *
   * @returns how many were dropped
   */
  trim({ maxEvents, maxAgeHours }: JournalRetention, now: Date, step: number): number {
    const { newest } = this.#ends();
    return this.#database.change(
      `DELETE FROM journal WHERE "offset" < @newest AND "offset" <= (
         SELECT max("offset") FROM (SELECT "offset", announced_at FROM journal ORDER BY "offset" LIMIT @step)
         WHERE "offset" <= @newest - @maxEvents OR announced_at < @expired)`,
      {
        newest,
        step,
        maxEvents,
        expired: new Date(now.getTime() - maxAgeHours * HOUR_MS).toISOString(),
      },
    );
  }

  #ends(): v.InferOutput<typeof Ends> {
    // As two queries: SQLite finds one end of an index at once, but reads all of it for both.
    const sql = `SELECT (SELECT min("offset") FROM journal) AS oldest, (SELECT max("offset") FROM journal) AS newest`;
    return this.#database.row(Ends, sql) ?? { oldest: null, newest: null };
  }
}
