import type { Outgoing } from './outgoing';
import { atEndOfTurn } from './turn-end';

/**
 * Joins the messages to one client that are ready within the same turn of the event loop. Where there is only one, it goes
 * in a frame of its own.
 */
export class Batches {
  #waiting: Outgoing | undefined;

  /** @param write takes what goes in one frame */
  constructor(private readonly write: (messages: Outgoing) => void) {}

  add(message: Outgoing): void {
    const longer = this.#waiting?.with(message);
    if (longer !== undefined) {
      this.#waiting = longer;
      return;
    }
    this.flush();
    this.#waiting = message;
    // At the end of this turn: what it still brings is joined, and nothing waits for the next.
    atEndOfTurn(this.flush);
  }

  /** Sends what has been added so far. */
  readonly flush = (): void => {
    const messages = this.#waiting;
    this.#waiting = undefined;
    if (messages !== undefined) {
      this.write(messages);
    }
  };
}
