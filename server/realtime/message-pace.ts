import { setTimeout } from 'node:timers/promises';

/** Messages that one client may send at once. */
const BURST = 200;

/** Messages a second that one client may send in the long run. */
const PER_SECOND = 100;

/**
 * How fast one client is served: a token bucket that fills with time, and from which each message takes one.
 */
export class MessagePace {
  #available = BURST;
  #filledAt = performance.now();

  /** Milliseconds to wait until the next message may be served, which this call takes as served. */
  next(): number {
    const now = performance.now();
    this.#available = Math.min(BURST, this.#available + ((now - this.#filledAt) * PER_SECOND) / 1000);
    this.#filledAt = now;
    this.#available -= 1;
    return Math.max(0, (-this.#available * 1000) / PER_SECOND);
  }

  /** Settles when the next message may be served. */
  async wait(): Promise<void> {
    const delay = this.next();
    if (delay > 0) {
      await setTimeout(delay, undefined, { ref: false });
    }
  }
}
