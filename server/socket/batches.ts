import type { WireFormat } from './wire-format';

/** A batch is sent before it grows beyond these; a single message may be larger. */
const MAX_MESSAGES = 256;
const MAX_BYTES = 256 * 1024;

/**
 * Joins the messages to one client that are ready within the same turn of the event loop. Where there is only one, it goes
 * in a frame of its own.
 */
export class Batches {
  #waiting: Buffer[] = [];
  #bytes = 0;

  /** @param write takes a whole frame */
  constructor(
    private readonly format: WireFormat,
    private readonly write: (frame: Buffer) => void,
  ) {}

  add(message: Buffer): void {
    if (this.#waiting.length === MAX_MESSAGES || this.#bytes + message.length > MAX_BYTES) {
      this.flush();
    }
    if (this.#waiting.length === 0) {
      // At the end of this turn: what it still brings is joined, and nothing waits for the next.
      setImmediate(() => {
        this.flush();
      });
    }
    this.#waiting.push(message);
    this.#bytes += message.length;
  }

  /** Sends what has been added so far. */
  flush(): void {
    const messages = this.#waiting;
    this.#waiting = [];
    this.#bytes = 0;
    const [first] = messages;
    if (first !== undefined) {
      this.write(messages.length === 1 ? first : this.format.join(messages));
    }
  }
}
