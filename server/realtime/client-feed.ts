import type { Interest, ServerMessage, Transient } from './application';
import type { ClientConnection } from './client-connection';
import type { Journal, JournalEntry } from './journal';
import { SharedMessage } from './shared-message';

/** Entries read from the journal at once. */
const STEP = 32;

/** Transients that are kept while a feed is held; of more, the oldest are dropped. */
const MAX_HELD_TRANSIENTS = 1000;

interface HeldTransient<T> {
  readonly transient: T;
  readonly message: SharedMessage;
  /** Offset of the newest event before it. */
  readonly after: number;
}

/** Where a feed has events from that it has missed. */
export interface FeedSource {
  readonly journal: Journal;
  /** Settles when it is the client's turn to be sent the next step. */
  readonly turn: () => Promise<void>;
}

/**
 * What one client is told: events that it missed from the journal, new ones as they are published, each once
 * and in order. A feed that is held keeps no new events: it reads them from the journal afterwards.
 */
export class ClientFeed<T extends Transient> {
  /** Offset of the last event that was sent or not wanted. */
  #position = 0;
  /** Offset of the last event that was published. */
  #published = 0;
  #isHeld = true;
  /** Whether held transients may go, each after the events before it. */
  #isReleasing = false;
  #held: HeldTransient<T>[] = [];

  constructor(
    private readonly connection: ClientConnection,
    private readonly source: FeedSource,
    private readonly interest: Interest<T>,
  ) {}

  /** Takes an event that was just published. */
  takeEvent(entry: JournalEntry, message: SharedMessage): void {
    const { offset } = entry;
    this.#published = offset;
    if (this.#isHeld) {
      return;
    }
    if (offset > this.#position) {
      this.#position = offset;
      if (this.interest.wantsEvent(entry)) {
        this.connection.sendShared(message);
      }
    }
    this.#sendHeld();
  }

  /** Takes a transient that was just published: it is sent after the events before it. */
  takeTransient(transient: T, message: SharedMessage): void {
    if (!this.connection.has(transient.capability)) {
      return;
    }
    const after = transient.after === 0 ? this.#published : transient.after;
    const taken = { transient, message, after };
    if (this.#isHeld || this.#held.length > 0 || after > this.#position) {
      this.#held.push(taken);
      if (this.#held.length > MAX_HELD_TRANSIENTS) {
        this.#held.shift();
      }
    } else {
      this.#sendTransient(taken);
    }
  }

  /** Ends the client, which missed something: it may come again. */
  fail(): void {
    this.connection.closeFailed();
  }

  /** From here on nothing is sent by itself, until the feed is released. */
  hold(): void {
    this.#isHeld = true;
    this.#isReleasing = false;
  }

  /** Events go on after this offset. Belongs between `hold` and `release`. */
  skipTo(offset: number): void {
    this.#position = offset;
  }

  /**
   * Sends everything after `from` up to `to`, whatever the client is interested in. Belongs between `hold`
   * and `release`. Transients of this time are dropped: a client that resumes has subscribed to none yet.
   */
  async replay(from: number, to: number): Promise<void> {
    this.#position = from;
    await this.#orFail(this.#catchUp(to, () => true));
    this.#held = [];
  }

  /**
   * Sends a state that was read while the feed was held, right after the events that are in it. Belongs
   * between `hold` and `release`.
   */
  async sendState(offset: number, toMessage: () => ServerMessage): Promise<void> {
    await this.#catchUpAsWanted(offset);
    this.connection.send(toMessage());
  }

  /** Sends what happened while the feed was held, and goes on with what is published. */
  async release(): Promise<void> {
    this.#isReleasing = true;
    while (this.connection.isOpen && this.#position < this.#published) {
      await this.#orFail(this.#catchUpAsWanted(this.#published));
    }
    this.#isHeld = false;
    this.#sendHeld();
  }

  #catchUpAsWanted(to: number): Promise<void> {
    return this.#catchUp(to, (entry) => this.interest.wantsEvent(entry));
  }

  /**
   * Takes no more memory than a step, and as much time as the client: when the journal drops what the client
   * has yet to get, the client is closed.
   */
  async #catchUp(to: number, isWanted: (entry: JournalEntry) => boolean): Promise<void> {
    while (this.connection.isOpen && this.#position < to) {
      const entries = await this.source.journal.read(this.#position, Math.min(STEP, to - this.#position));
      await this.#sendStep(entries, isWanted);
      // Between two steps, other clients are served.
      await this.source.turn();
    }
  }

  /**
   * When events that the client was promised cannot be read, the client is ended: it would never know what it
   * missed.
   */
  async #orFail(sent: Promise<void>): Promise<void> {
    try {
      await sent;
    } catch (error) {
      this.fail();
      throw error;
    }
  }

  async #sendStep(
    entries: readonly JournalEntry[],
    isWanted: (entry: JournalEntry) => boolean,
  ): Promise<void> {
    const { connection } = this;
    if (entries[0]?.offset !== this.#position + 1) {
      connection.closeTooSlow();
      return;
    }
    for (const entry of entries) {
      if (this.#isReleasing) {
        this.#sendHeld();
      }
      this.#position = entry.offset;
      if (isWanted(entry)) {
        connection.sendShared(SharedMessage.ofEntry(entry));
      }
      if (connection.isCongested) {
        await connection.drained();
      }
    }
    await connection.drained();
  }

  #sendHeld(): void {
    const held = this.#held;
    const waits = held.findIndex(({ after }) => after > this.#position);
    const ready = waits === -1 ? held.length : waits;
    if (ready > 0) {
      this.#held = held.slice(ready);
      held.slice(0, ready).forEach((transient) => {
        this.#sendTransient(transient);
      });
    }
  }

  #sendTransient({ transient, message, after }: HeldTransient<T>): void {
    if (this.interest.wantsTransient(transient, after)) {
      this.connection.sendShared(message);
    }
  }
}
