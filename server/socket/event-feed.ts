import { setImmediate } from 'node:timers/promises';
import type { TaskChunk } from '@creative-autogpt/protocol';
import type { Announcement, Journal } from '../store/journal/journal';
import type { ClientConnection } from './client-connection';
import { SharedMessage } from './shared-message';

/** Entries read from the journal at once. */
const STEP = 32;

/**
 * What one client hears of what happens: what it missed from the journal, what is new as it is announced, each event once
 * and in order. While the client is being brought up to date, new events are not kept for it: they are in the journal.
 */
export class EventFeed {
  /** Offset of the last event that was sent or not wanted. */
  #position = 0;
  /** During a replay: the offset of the newest event. */
  #replayTo: number | undefined;

  constructor(
    private readonly connection: ClientConnection,
    private readonly journal: Journal,
  ) {}

  /** Passes on what was just announced. */
  announce({ offset, sessionId }: Announcement, message: SharedMessage): void {
    if (this.#replayTo !== undefined) {
      this.#replayTo = offset;
      return;
    }
    if (offset > this.#position) {
      this.#position = offset;
      if (this.connection.subscriptions.wantsUpdatesOf(sessionId)) {
        this.connection.deliver(message);
      }
    }
  }

  /** Passes on what was just written. Dropped during a replay, as a client that misses a chunk can tell. */
  stream({ session_id: sessionId }: TaskChunk, message: SharedMessage): void {
    const { connection } = this;
    const isWanted = connection.has('streaming') && connection.subscriptions.wantsTextOf(sessionId);
    if (isWanted && this.#replayTo === undefined) {
      connection.deliver(message);
    }
  }

  /** Ends the client, which missed something: it may come again. */
  fail(): void {
    this.connection.closeFailed();
  }

  /** Events go on after this offset. */
  goOnAfter(offset: number): void {
    this.#position = offset;
  }

  /**
   * Sends everything after `from` up to `to`, then what happened meanwhile as far as the client wants it. Takes no more
   * memory than a step, and no more time than the client: it is closed when the journal drops what it has yet to get.
   */
  async replay(from: number, to: number): Promise<void> {
    this.#position = from;
    this.#replayTo = to;
    while (this.connection.isOpen && this.#position < this.#replayTo) {
      await this.#replayStep(to);
      // Between two steps everybody else has their turn.
      await setImmediate();
    }
    this.#replayTo = undefined;
  }

  async #replayStep(unfilteredTo: number): Promise<void> {
    const { connection, journal } = this;
    for (const entry of await journal.read(this.#position, STEP)) {
      if (entry.offset !== this.#position + 1) {
        connection.closeTooSlow();
        return;
      }
      this.#position = entry.offset;
      if (entry.offset <= unfilteredTo || connection.subscriptions.wantsUpdatesOf(entry.sessionId)) {
        connection.deliver(SharedMessage.ofEntry(entry));
      }
      if (connection.isCongested) {
        await connection.drained();
      }
    }
    await connection.drained();
  }
}
