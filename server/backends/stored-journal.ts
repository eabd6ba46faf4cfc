import { createHash } from 'node:crypto';
import type { StreamPosition } from '@creative-autogpt/protocol';
import { LOCAL_OWNER } from '../http/auth/owner';
import type { Log } from '../ports/log';
import type { Journal, JournalEntry } from '../realtime/journal';
import { DAMAGED_ENTRY, EntryCheck } from './entry-check';
import { soundJson } from './sound-json';

/** How a storage keeps the journal of one owner. */
export interface JournalEntries {
  /**
   * The stored epoch, which is that of all journals, and the offsets of the newest event and of the oldest
   * that is kept.
   */
  bounds(): Promise<{ readonly epoch: string; readonly newest: number; readonly oldest: number }>;
  /** The entries after an offset, oldest first, at most `limit`. */
  after(offset: number, limit: number): Promise<readonly JournalEntry[]>;
  /** Drops entries, up to and with that of the offset. */
  dropUpTo(offset: number): Promise<void>;
}

/** A journal over what a storage keeps of it. */
export class StoredJournal implements Journal {
  #check = new EntryCheck();
  #checkedEpoch: string | undefined;

  /** @param log is told of entries that are damaged */
  constructor(
    private readonly owner: string,
    private readonly entries: JournalEntries,
    private readonly log: Pick<Log, 'error'>,
  ) {}

  async end(): Promise<StreamPosition> {
    const { epoch, newest } = await this.#bounds();
    return { epoch: epochOf(this.owner, epoch), offset: newest };
  }

  async reachesBackTo({ epoch, offset }: StreamPosition): Promise<boolean> {
    const bounds = await this.#bounds();
    return (
      epoch === epochOf(this.owner, bounds.epoch) && offset <= bounds.newest && offset + 1 >= bounds.oldest
    );
  }

  async read(after: number, limit: number): Promise<readonly JournalEntry[]> {
    const entries = await this.entries.after(after, limit);
    const damaged = this.#check.lastDamaged(entries);
    if (damaged === undefined) {
      return entries.map(soundEntry);
    }
    this.log.error({ session_id: damaged.subject, offset: damaged.offset }, DAMAGED_ENTRY);
    await this.entries.dropUpTo(damaged.offset);
    return entries.filter(({ offset }) => offset > damaged.offset).map(soundEntry);
  }

  /** A new epoch has other entries under the same offsets: what was found sound before says nothing of them. */
  async #bounds(): ReturnType<JournalEntries['bounds']> {
    const bounds = await this.entries.bounds();
    if (bounds.epoch !== this.#checkedEpoch) {
      this.#checkedEpoch = bounds.epoch;
      this.#check = new EntryCheck();
    }
    return bounds;
  }
}

function soundEntry(entry: JournalEntry): JournalEntry {
  const json = soundJson(entry.json);
  return json === entry.json ? entry : { ...entry, json };
}

/**
 * The epoch of one owner's journal, made from the stored epoch. Every owner has another: a position in one
 * journal means nothing in the next, also to a client that signs in as somebody else.
 */
export function epochOf(owner: string, stored: string): string {
  if (owner === LOCAL_OWNER) {
    return stored;
  }
  return createHash('sha256').update(`${stored} ${owner}`).digest('base64url').slice(0, 22);
}
