import { JournaledEvent, type StreamPosition } from '@creative-autogpt/protocol';
import * as v from 'valibot';

/** An event as the journal keeps it. */
export interface JournalEntry {
  /** Counts from 1 within an epoch, and grows by one. */
  readonly offset: number;
  readonly sessionId: string;
  /** The event as JSON text, without its offset. */
  readonly json: string;
}

const StoredEvent = v.pipe(v.nullable(v.string()), v.string(), v.parseJson(), JournaledEvent);

/** What the log says of an entry that cannot be read. */
export const DAMAGED_ENTRY = 'a journal entry is damaged and is dropped with all before it';

/** Whether it is the JSON text of an event: whatever is stored may be damaged. */
export function isReadable(json: string | null): boolean {
  return v.is(StoredEvent, json);
}

/** Tells which entries of one journal are damaged. Looks at each of them once: many clients read the same. */
export class EntryCheck {
  /** Entries from here to there were found sound. */
  #from = 1;
  #to = 0;

  /** @param entries of the journal, without a gap. @returns the last of them that is damaged, if any */
  lastDamaged(entries: readonly JournalEntry[]): JournalEntry | undefined {
    const damaged = entries.findLast(({ offset, json }) => !this.#isKnown(offset) && !isReadable(json));
    const [first] = entries;
    const last = entries.at(-1);
    if (damaged === undefined && first !== undefined && last !== undefined) {
      const isConnected = first.offset <= this.#to + 1 && last.offset >= this.#from - 1;
      this.#from = isConnected ? Math.min(this.#from, first.offset) : first.offset;
      this.#to = isConnected ? Math.max(this.#to, last.offset) : last.offset;
    }
    return damaged;
  }

  #isKnown(offset: number): boolean {
    return offset >= this.#from && offset <= this.#to;
  }
}

/** How much of a journal is kept; what either bound excludes is dropped, oldest first. */
export interface JournalRetention {
  /** Most events of one owner. */
  readonly maxEvents: number;
  /** Greatest age of an event, in hours. */
  readonly maxAgeHours: number;
}

/** How much of a journal is kept where nothing else is asked for. */
export const DEFAULT_RETENTION: JournalRetention = { maxEvents: 100_000, maxAgeHours: 24 };

/** Everything that was announced to one owner, in order, as far back as it is kept. Each change of state appends to it. */
export interface Journal {
  /** The journal's epoch, and the offset of its newest event; 0 before the first. */
  end(): Promise<StreamPosition>;

  /** Whether every event after this position is there: it belongs to this epoch, and nothing after it was dropped. */
  reachesBackTo(position: StreamPosition): Promise<boolean>;

  /**
   * The entries after an offset, oldest first, at most `limit`. When the first of them is not the next one, those between
   * have been dropped meanwhile: one that is damaged is dropped with all before it, so that whoever has yet to get it learns
   * that the journal does not reach back to it.
   */
  read(after: number, limit: number): Promise<readonly JournalEntry[]>;
}
