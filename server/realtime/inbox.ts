import type { WebSocket } from 'ws';

/** A frame as it came. */
export interface IncomingFrame {
  readonly bytes: Buffer;
  readonly isBinary: boolean;
}

/** Once more than this waits, nothing more is read from the socket. */
const MAX_WAITING_BYTES = 256 * 1024;
/** Short frames, too, take memory. */
const MAX_WAITING_FRAMES = 1000;

/**
 * The frames of one client on their way to being answered: one after the other, so that the answers come in
 * the same order, each complete before the next begins.
 */
export class Inbox {
  readonly #waiting: IncomingFrame[] = [];
  #waitingBytes = 0;
  #isAnswering = false;
  #hasFailed = false;

  /**
   * @param answer is given each frame, in order
   * @param pace settles when the next frame may be answered
   * @param onFailure is told why a frame could not be answered: that was the last one, whatever still comes
   */
  constructor(
    private readonly socket: Pick<WebSocket, 'pause' | 'resume'>,
    private readonly answer: (frame: IncomingFrame) => Promise<void>,
    private readonly pace: () => Promise<void>,
    private readonly onFailure: (error: unknown) => void,
  ) {}

  receive(frame: IncomingFrame): void {
    if (this.#hasFailed) {
      return;
    }
    this.#waiting.push(frame);
    this.#waitingBytes += frame.bytes.length;
    if (this.#waitingBytes > MAX_WAITING_BYTES || this.#waiting.length > MAX_WAITING_FRAMES) {
      this.socket.pause();
    }
    if (!this.#isAnswering) {
      this.#answerAll().catch((error: unknown) => {
        this.#fail(error);
      });
    }
  }

  async #answerAll(): Promise<void> {
    this.#isAnswering = true;
    for (let frame = this.#waiting.shift(); frame !== undefined; frame = this.#waiting.shift()) {
      await this.pace();
      await this.answer(frame);
      this.#waitingBytes -= frame.bytes.length;
    }
    this.#isAnswering = false;
    this.socket.resume();
  }

  #fail(error: unknown): void {
    this.#hasFailed = true;
    this.#waiting.length = 0;
    // What is read from here on is dropped, but among it is the other side's word that it closes, too.
    this.socket.resume();
    this.onFailure(error);
  }
}
