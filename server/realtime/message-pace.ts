import { setTimeout } from 'node:timers/promises';
import { TokenBucket } from './token-bucket';

/** Messages that one client may send at once. */
const BURST = 200;

/** Messages a second that one client may send in the long run. */
const PER_SECOND = 100;

/** How fast one client's messages are read: each takes one from a token bucket. */
export class MessagePace {
  readonly #messages = new TokenBucket(BURST, PER_SECOND);

  /** Milliseconds to wait until the next message may be served, which this call takes as served. */
  next(): number {
    this.#messages.take(1);
    return this.#messages.msInDebt;
  }

  /** Settles when the next message may be served. */
  async wait(): Promise<void> {
    const delay = this.next();
    if (delay > 0) {
      await setTimeout(delay, undefined, { ref: false });
    }
  }
}
