import { Observable, type Subscriber } from 'rxjs';
import type { Journal, JournalEntry } from '../../realtime/journal';
import { JournalFollower } from './journal-follower';
import type { RedisBus } from './redis-bus';
import type { RedisHistory } from './redis-history';
import type { OwnerKeys } from './redis-keys';

/**
 * Publishes the entries of one owner's journal to the listeners of this process, whichever process appended
 * them. It follows the journal while it has a subscriber.
 */
export class RedisTail {
  readonly #subscribers = new Set<Subscriber<JournalEntry>>();
  readonly #stopListening: () => void;
  /** While there is a subscriber. */
  #following: JournalFollower | undefined;

  readonly entries = new Observable<JournalEntry>((subscriber) => {
    this.#subscribers.add(subscriber);
    this.#following ??= this.#follow();
    return () => {
      this.#subscribers.delete(subscriber);
      if (this.#subscribers.size === 0) {
        this.#following?.end();
        this.#following = undefined;
      }
    };
  });

  constructor(
    private readonly bus: RedisBus,
    private readonly keys: OwnerKeys,
    private readonly journal: Journal,
    history: Pick<RedisHistory, 'onEnd'>,
  ) {
    this.#stopListening = history.onEnd(() => {
      this.#following?.endEpoch();
    });
  }

  /** Settles with an offset: every subscriber of now is given all entries after it. */
  async publishedFrom(): Promise<number> {
    await this.#following?.begun;
    return this.#following?.position ?? (await this.journal.end()).offset;
  }

  /**
   * Settles once all entries up to an offset are published. Settles at once where there is no subscriber, and
   * at the deadline (ms of `performance.now()`) even when the entries cannot be read.
   */
  async reached(offset: number, deadline: number): Promise<void> {
    await this.#following?.reached(offset, deadline);
  }

  close(): void {
    this.#stopListening();
    this.#subscribers.forEach((subscriber) => {
      subscriber.complete();
    });
  }

  #follow(): JournalFollower {
    return new JournalFollower(this.bus, this.keys, this.journal, {
      next: (entry) => {
        this.#subscribers.forEach((subscriber) => {
          subscriber.next(entry);
        });
      },
      error: (reason) => {
        this.#subscribers.forEach((subscriber) => {
          subscriber.error(reason);
        });
      },
    });
  }
}
