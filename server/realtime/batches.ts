import type { OutgoingFrame } from './outgoing-frame';

/** Batches of all clients that wait for the event loop to come round. They share one immediate. */
let waiting: (() => void)[] = [];

function flushWaiting(): void {
  const flushes = waiting;
  waiting = [];
  for (const flush of flushes) {
    flush();
  }
}

/**
 * Joins the messages to one client that are ready before the event loop comes round. A message that is alone
 * goes in a frame by itself.
 */
export class Batches {
  #batch: OutgoingFrame | undefined;

  /** @param write sends a frame */
  constructor(private readonly write: (frame: OutgoingFrame) => void) {}

  add(message: OutgoingFrame): void {
    const longer = this.#batch?.with(message);
    if (longer !== undefined) {
      this.#batch = longer;
      return;
    }
    this.flush();
    this.#batch = message;
    waiting.push(this.flush);
    if (waiting.length === 1) {
      setImmediate(flushWaiting);
    }
  }

  /** Sends what has been added so far. */
  readonly flush = (): void => {
    const frame = this.#batch;
    this.#batch = undefined;
    if (frame !== undefined) {
      this.write(frame);
    }
  };
}
