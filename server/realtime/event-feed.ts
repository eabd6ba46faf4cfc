import { setImmediate } from 'node:timers/promises';
import type { NumberedChunk } from '../ports/writing-board';
import type { Journal, JournalEntry } from './journal';
import type { ClientConnection } from './client-connection';
import { SharedMessage } from './shared-message';

/** Entries read from the journal at once. */
const STEP = 32;

/** Chunks that are kept while a feed is held; of more, the client can tell that it missed them. */
const MAX_HELD_CHUNKS = 1000;

interface HeldChunk {
  readonly chunk: NumberedChunk;
  readonly message: SharedMessage;
  /** Offset of the newest event that happened before it. */
  readonly after: number;
}

/** What a client was told of a session's text. */
interface ToldText {
  /** Number of the last chunk in it. */
  readonly upTo: number;
  /** Offset of the newest event that was told with it. */
  readonly offset: number;
  /** The task that was being written then. */
  readonly currentTaskId: string | null;
}

/**
 * What one client hears of what happens: what it missed from the journal, what is new as it is announced, each event once
 * and in order. While it is held, new events are not kept for it: they are in the journal, and read from there afterwards.
 */
export class EventFeed {
  /** Offset of the last event that was sent or not wanted. */
  #position = 0;
  /** Offset of the last event that was announced here. */
  #announced = 0;
  #isHeld = true;
  /** Whether the chunks that are held may go, each after the events that happened before it. */
  #isReleasing = false;
  #heldChunks: HeldChunk[] = [];
  /** By session. Chunks come on another way than what was told, and may be slower. */
  readonly #toldTexts = new Map<string, ToldText>();

  constructor(
    private readonly connection: ClientConnection,
    private readonly journal: Journal,
  ) {}

  /** Passes on what was just announced. */
  announce({ offset, sessionId }: JournalEntry, message: SharedMessage): void {
    this.#announced = offset;
    if (this.#isHeld) {
      return;
    }
    if (offset > this.#position) {
      this.#position = offset;
      if (this.connection.subscriptions.wantsUpdatesOf(sessionId)) {
        this.connection.deliver(message);
      }
    }
    this.#deliverHeldChunks();
  }

  /** Passes on what was just written, after the events that happened before it. */
  stream(chunk: NumberedChunk, message: SharedMessage): void {
    if (!this.connection.has('streaming')) {
      return;
    }
    const after = chunk.after === 0 ? this.#announced : chunk.after;
    if (this.#isTold(chunk, after)) {
      return;
    }
    if (this.#isHeld || this.#heldChunks.length > 0 || after > this.#position) {
      this.#heldChunks.push({ chunk, message, after });
      if (this.#heldChunks.length > MAX_HELD_CHUNKS) {
        this.#heldChunks.shift();
      }
    } else {
      this.#deliverChunk(chunk, message);
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
   * Sends everything after `from` up to `to`, whatever the client has subscribed to. Belongs between `hold` and `release`.
   * What is written meanwhile is dropped: a client that resumes has subscribed to no text yet.
   */
  async replay(from: number, to: number): Promise<void> {
    this.#position = from;
    await this.#orFail(this.#catchUp(to, () => true));
    this.#heldChunks = [];
  }

  /** Sends what happened up to an offset, as far as the client wants it. Belongs between `hold` and `release`. */
  async catchUp(to: number): Promise<void> {
    await this.#catchUp(to, ({ sessionId }) => this.connection.subscriptions.wantsUpdatesOf(sessionId));
  }

  /**
   * A client is told the state of a session up to here. It has no use for the chunks up to a number, which are in the text it
   * is told, nor for those of tasks that are over, be they held or yet to arrive.
   */
  skipChunks(sessionId: string, upTo: number, currentTaskId: string | null): void {
    this.#toldTexts.set(sessionId, { upTo, offset: this.#position, currentTaskId });
    this.#heldChunks = this.#heldChunks.filter(({ chunk, after }) => !this.#isTold(chunk, after));
  }

  /** Sends what happened while the feed was held, and goes on with what is announced. */
  async release(): Promise<void> {
    this.#isReleasing = true;
    while (this.connection.isOpen && this.#position < this.#announced) {
      await this.#orFail(this.catchUp(this.#announced));
    }
    this.#isHeld = false;
    this.#deliverHeldChunks();
  }

  /**
   * Takes no more memory than a step, and no more time than the client: it is closed when the journal drops what it has yet
   * to get.
   */
  async #catchUp(to: number, isWanted: (entry: JournalEntry) => boolean): Promise<void> {
    while (this.connection.isOpen && this.#position < to) {
      const entries = await this.journal.read(this.#position, Math.min(STEP, to - this.#position));
      await this.#sendStep(entries, isWanted);
      // Between two steps everybody else has their turn.
      await setImmediate();
    }
  }

  /** A client that was promised what cannot be read is ended: it would never know what it missed. */
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
        this.#deliverHeldChunks();
      }
      this.#position = entry.offset;
      if (isWanted(entry)) {
        connection.deliver(SharedMessage.ofEntry(entry));
      }
      if (connection.isCongested) {
        await connection.drained();
      }
    }
    await connection.drained();
  }

  #isTold({ chunk, number }: NumberedChunk, after: number): boolean {
    const told = this.#toldTexts.get(chunk.session_id);
    if (told === undefined) {
      return false;
    }
    const isOver = after <= told.offset && chunk.data.task_id !== told.currentTaskId;
    return isOver || number <= told.upTo;
  }

  #deliverHeldChunks(): void {
    const held = this.#heldChunks;
    const waits = held.findIndex(({ after }) => after > this.#position);
    const ready = waits === -1 ? held.length : waits;
    if (ready > 0) {
      this.#heldChunks = held.slice(ready);
      held.slice(0, ready).forEach(({ chunk, message }) => {
        this.#deliverChunk(chunk, message);
      });
    }
  }

  #deliverChunk({ chunk }: NumberedChunk, message: SharedMessage): void {
    if (this.connection.subscriptions.wantsTextOf(chunk.session_id)) {
      this.connection.deliver(message);
    }
  }
}
