import type { StreamPosition } from '@creative-autogpt/protocol/connection';

/** An event as the journal keeps it. */
export interface JournalEntry {
  /** Counts from 1 within an epoch, and grows by one. */
  readonly offset: number;
  /** What the event is about, by a name of the application: clients choose events by it. */
  readonly subject: string;
  /** The event as JSON text, without its offset. */
  readonly json: string;
}

/** How much of a journal is kept; what either bound excludes is dropped, oldest first. */
export interface JournalRetention {
  /** Most events of one owner. */
  readonly maxEvents: number;
  /** Most bytes of the events of one owner, as JSON in UTF-8. */
  readonly maxBytes: number;
  /** Greatest age of an event, in hours. */
  readonly maxAgeHours: number;
}

/** How much of a journal is kept where nothing else is asked for. */
export const DEFAULT_RETENTION: JournalRetention = {
  maxEvents: 100_000,
  maxBytes: 64 * 1024 ** 2,
  maxAgeHours: 24,
};

/**
 * Times `maxBytes` that a journal has at most between two trims: a change that goes beyond drops the oldest
 * events by itself, so that nobody writes faster than trims follow.
 */
export const MOST_OF_MAX_BYTES = 1.25;

/** All events of one owner, in order, as far back as they are kept. Each change of state appends to them. */
export interface Journal {
  /** The journal's epoch, and the offset of its newest event; 0 before the first. */
  end(): Promise<StreamPosition>;

  /**
   * Whether every event after this position is there: it belongs to this epoch, and nothing after it was
   * dropped.
   */
  reachesBackTo(position: StreamPosition): Promise<boolean>;

  /**
   * The entries after an offset, oldest first, at most `limit`. When the first of them is not the next one,
   * those between have been dropped meanwhile: one that is damaged is dropped with all before it, so that
   * whoever has yet to get it learns that the journal does not reach back to it.
   */
  read(after: number, limit: number): Promise<readonly JournalEntry[]>;
}
