import type { StreamPosition } from '@creative-autogpt/protocol';
import * as v from 'valibot';
import type { Log } from '../../ports/log';
import type { SessionEvent } from '../../domain/session-events';
import {
  type Journal,
  type JournalEntry,
  type JournalRetention,
  MOST_OF_MAX_BYTES,
} from '../../realtime/journal';
import { epochOf, type JournalEntries, StoredJournal } from '../stored-journal';
import { totalsOf } from './owner-totals';
import { inOneTurn, type SqlDatabase } from './sql-database';
import { asBytes, asNumber, Text, WholeNumber } from './sql-text';

const EntryRow = v.object({ offset: WholeNumber, subject: Text, json: Text });
const Newest = v.object({ newest: WholeNumber });
const Oldest = v.object({ oldest: v.nullable(v.number()) });
const Expired = v.object({ owner: Text, newest: WholeNumber });
const Excess = v.object({ owner: Text, oldest: WholeNumber, newest: WholeNumber });
const Large = v.object({ owner: Text });
const Last = v.object({ last: v.nullable(v.number()) });

const HOUR_MS = 3_600_000;

/** Entries that one step of a trim, or one change of a journal that is too large, may drop. */
const STEP = 500;

/** How journals are kept. */
export interface SqlJournalsOptions {
  readonly retention: JournalRetention;
  /** Is told of entries that are damaged. */
  readonly log: Pick<Log, 'error'>;
}

/**
 * The journals of all owners, in the database file of the state they tell about, so that one transaction
 * changes both.
 */
export class SqlJournals {
  /**
   * @param epoch of the entries in the database; `checkJournals` knows it
   */
  constructor(
    private readonly database: SqlDatabase,
    private readonly epoch: string,
    private readonly options: SqlJournalsOptions,
  ) {}

  of(owner: string): Journal {
    const entries: JournalEntries = {
      bounds: () => inOneTurn(() => this.#boundsOf(owner)),
      after: (offset, limit) => inOneTurn(() => this.#read(owner, offset, limit)),
      dropUpTo: (offset) =>
        inOneTurn(() => {
          this.#dropUpTo(owner, offset);
        }),
    };
    return new StoredJournal(owner, entries, this.options.log);
  }

  /** The position behind an owner's newest event. */
  endOf(owner: string): StreamPosition {
    return { epoch: epochOf(owner, this.epoch), offset: this.newestOf(owner) };
  }

  /** Offset of an owner's newest event; 0 before the first. */
  newestOf(owner: string): number {
    const sql = `SELECT ${asNumber('newest')} FROM journal_ends WHERE owner = @owner`;
    return this.database.row(Newest, sql, { owner })?.newest ?? 0;
  }

  /** Belongs into the transaction that makes the events true. */
  append(owner: string, events: readonly SessionEvent[], now: string): readonly JournalEntry[] {
    const before = this.newestOf(owner);
    const entries = events.map((event, index) => ({
      offset: before + 1 + index,
      subject: event.session_id,
      json: JSON.stringify(event),
    }));
    for (const { offset, subject, json } of entries) {
      this.database.change(
        `INSERT INTO journal (owner, "offset", session_id, announced_at, event)
         VALUES (@owner, @offset, @subject, @now, @json)`,
        { owner, offset, subject, now, json },
      );
    }
    this.database.change('INSERT OR REPLACE INTO journal_ends (owner, newest) VALUES (@owner, @newest)', {
      owner,
      newest: before + entries.length,
    });
    if (totalsOf(this.database, owner).journalBytes > this.options.retention.maxBytes * MOST_OF_MAX_BYTES) {
      this.#dropLarge(owner, before);
    }
    return entries;
  }

  /**
   * Drops a step of the entries that the retention excludes.
   *
   * @returns whether there may be more to drop
   */
  trim(now: Date): boolean {
    const { maxEvents, maxAgeHours } = this.options.retention;
    const expired = new Date(now.getTime() - maxAgeHours * HOUR_MS).toISOString();
    return this.#trimByAge(expired) || this.#trimByCount(maxEvents) || this.#trimByBytes();
  }

  #trimByAge(expired: string): boolean {
    const ends = this.database.rows(
      Expired,
      `SELECT ${asBytes('owner')}, ${asNumber('max("offset")', 'newest')} FROM (
         SELECT owner, "offset" FROM journal WHERE announced_at < @expired ORDER BY announced_at LIMIT @step)
       GROUP BY owner`,
      { expired, step: STEP },
    );
    // Up to the newest of them, so that a clock that was set back leaves no hole.
    const dropped = ends.map(({ owner, newest }) => this.#dropUpTo(owner, newest));
    return dropped.reduce((sum, count) => sum + count, 0) >= STEP;
  }

  #trimByCount(maxEvents: number): boolean {
    const excess = this.database.rows(
      Excess,
      `SELECT ${asBytes('owner')}, ${asNumber('oldest')}, ${asNumber('newest')} FROM (
         SELECT owner, newest, (SELECT min("offset") FROM journal AS j WHERE j.owner = e.owner) AS oldest
         FROM journal_ends AS e WHERE newest > @maxEvents)
       WHERE oldest <= newest - @maxEvents`,
      { maxEvents },
    );
    for (const { owner, oldest, newest } of excess) {
      this.#dropUpTo(owner, Math.min(oldest + STEP - 1, newest - maxEvents));
    }
    return excess.some(({ oldest, newest }) => newest - maxEvents - oldest + 1 > STEP);
  }

  #trimByBytes(): boolean {
    const sql = `SELECT ${asBytes('owner')} FROM owner_totals WHERE journal_bytes > @maxBytes`;
    const large = this.database.rows(Large, sql, { maxBytes: this.options.retention.maxBytes });
    const dropped = large.map(({ owner }) => this.#dropLarge(owner, this.newestOf(owner)));
    return dropped.some((count) => count >= STEP);
  }

  /** Drops a step of the oldest entries of a journal that is too large. @returns how many */
  #dropLarge(owner: string, upTo: number): number {
    const excess = totalsOf(this.database, owner).journalBytes - this.options.retention.maxBytes;
    const last = this.database.row(
      Last,
      `SELECT max("offset") AS last FROM (
         SELECT "offset", size, sum(size) OVER (ORDER BY "offset") AS freed FROM (
           SELECT "offset", octet_length(event) AS size FROM journal
           WHERE owner = @owner AND "offset" <= @upTo ORDER BY "offset" LIMIT @step))
       WHERE freed - size < @excess`,
      { owner, upTo, excess, step: STEP },
    )?.last;
    return typeof last === 'number' ? this.#dropUpTo(owner, last) : 0;
  }

  #dropUpTo(owner: string, offset: number): number {
    return this.database.change('DELETE FROM journal WHERE owner = @owner AND "offset" <= @offset', {
      owner,
      offset,
    });
  }

  #boundsOf(owner: string) {
    const newest = this.newestOf(owner);
    const sql = `SELECT ${asNumber('min("offset")', 'oldest')} FROM journal WHERE owner = @owner`;
    const oldest = this.database.row(Oldest, sql, { owner })?.oldest ?? newest + 1;
    return { epoch: this.epoch, newest, oldest };
  }

  #read(owner: string, after: number, limit: number): readonly JournalEntry[] {
    return this.database.rows(
      EntryRow,
      `SELECT ${asNumber('"offset"', 'offset')}, ${asBytes('session_id', 'subject')}, ${asBytes('event', 'json')}
       FROM journal
       WHERE owner = @owner AND "offset" > @after ORDER BY "offset" LIMIT @limit`,
      { owner, after, limit },
    );
  }
}
