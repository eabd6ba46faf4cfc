import type { WebSocket } from '@fastify/websocket';

/** A frame as it came. */
export interface Frame {
  readonly bytes: Buffer;
  readonly isBinary: boolean;
}

/** Once this many bytes wait, nothing more is read from the socket. */
const MAX_WAITING_BYTES = 256 * 1024;

/**
 * The frames of one client on their way to being answered. While it is held they wait, so that their answers stand in the
 * stream after everything that comes first.
 */
export class Inbox {
  readonly #waiting: Frame[] = [];
  #waitingBytes = 0;
  #isHeld = false;

  /** @param answer is given each frame, in order */
  constructor(
    private readonly socket: Pick<WebSocket, 'pause' | 'resume'>,
    private readonly answer: (frame: Frame) => void,
  ) {}

  receive(frame: Frame): void {
    if (!this.#isHeld) {
      this.answer(frame);
      return;
    }
    this.#waiting.push(frame);
    this.#waitingBytes += frame.bytes.length;
    if (this.#waitingBytes > MAX_WAITING_BYTES) {
      this.socket.pause();
    }
  }

  hold(): void {
    this.#isHeld = true;
  }

  /** Answers what waits, up to a frame that holds the inbox again. */
  release(): void {
    this.#isHeld = false;
    for (let frame = this.#next(); frame !== undefined; frame = this.#next()) {
      this.#waitingBytes -= frame.bytes.length;
      this.answer(frame);
    }
    if (this.#waiting.length === 0) {
      this.socket.resume();
    }
  }

  #next(): Frame | undefined {
    return this.#isHeld ? undefined : this.#waiting.shift();
  }
}
