import type { DropReason } from './dropped-message';
import type { OutboxEntry } from './outbox-entry';

/** An entry that left the queue for another one. */
export interface DisplacedEntry {
  readonly entry: OutboxEntry;
  readonly reason: Extract<DropReason, 'full' | 'replaced'>;
}

/** How much the queue may hold. */
export interface OutboxLimits {
  readonly maxMessages: number;
  readonly maxBytes: number;
}

/**
 * Entries in the order of sending, never more than the limits.
 *
 * When it is full, the oldest message that is not persisted yields. Persisted messages yield only to
 * persisted ones and to requests. Requests never yield, since somebody waits for them.
 */
export class OutboxQueue {
  readonly #limits: OutboxLimits;

  #entries: OutboxEntry[] = [];
  #total = 0;

  constructor(limits: OutboxLimits) {
    this.#limits = limits;
  }

  get length(): number {
    return this.#entries.length;
  }

  get bytes(): number {
    return this.#total;
  }

  /** A copy, so that it may be walked while entries leave. */
  all(): readonly OutboxEntry[] {
    return [...this.#entries];
  }

  /**
   * The first entry whose turn it is.
   *
   * @param requests whether the server is known to acknowledge requests; they wait until it is
   * @param persisted whether what is stored may be sent
   */
  next(requests: boolean, persisted: boolean): OutboxEntry | undefined {
    return this.#entries.find(
      ({ isRequest, inFlight, persist }) => !inFlight && (requests || !isRequest) && (persisted || !persist),
    );
  }

  withId(id: string): OutboxEntry | undefined {
    return this.#entries.find((entry) => entry.id === id);
  }

  withKey(key: string | null): OutboxEntry | undefined {
    return key === null ? undefined : this.#entries.find((entry) => entry.key === key);
  }

  /** When the first entry expires, in milliseconds since the epoch; Infinity when none does. */
  nextExpiry(): number {
    return this.#entries.reduce((first, { expiresAt }) => Math.min(first, expiresAt), Infinity);
  }

  /** @returns the entries that left for it, or null when there is no room and nothing changed */
  add(entry: OutboxEntry): readonly DisplacedEntry[] | null {
    const older = this.withKey(entry.key);
    const displaced: DisplacedEntry[] = older ? [{ entry: older, reason: 'replaced' }] : [];
    let count = this.length + 1 - displaced.length;
    let bytes = this.#total + entry.bytes - (older?.bytes ?? 0);
    const isFull = () => count > this.#limits.maxMessages || bytes > this.#limits.maxBytes;
    if (isFull()) {
      for (const each of this.#yieldingTo(entry)) {
        if (!isFull()) {
          break;
        }
        if (each !== older) {
          displaced.push({ entry: each, reason: 'full' });
          count -= 1;
          bytes -= each.bytes;
        }
      }
      if (isFull()) {
        return null;
      }
    }
    for (const each of displaced) {
      this.remove(each.entry);
    }
    this.#entries.push(entry);
    this.#total += entry.bytes;
    return displaced;
  }

  /** Moves the entries of earlier pages, which were there before all others, to the front: oldest first. */
  moveEarlierToFront(): void {
    this.#entries = [
      ...this.#entries.filter(({ isEarlier }) => isEarlier).sort((one, other) => one.madeAt - other.madeAt),
      ...this.#entries.filter(({ isEarlier }) => !isEarlier),
    ];
  }

  /** @returns whether it was there */
  remove(entry: OutboxEntry): boolean {
    const index = this.#entries.indexOf(entry);
    if (index < 0) {
      return false;
    }
    this.#entries.splice(index, 1);
    this.#total -= entry.bytes;
    return true;
  }

  #yieldingTo({ persist, isRequest }: OutboxEntry): readonly OutboxEntry[] {
    return this.#entries
      .filter((entry) => !entry.isRequest && (persist || isRequest || !entry.persist))
      .sort((one, other) => Number(one.persist) - Number(other.persist));
  }
}
