import type { MessageFormat } from './message-format';
import { encodeCompressedFrame, encodeFrame, isWorthCompressing } from './websocket-wire';

/** A batch is sent before it grows beyond these; a single message may be larger. */
const MAX_MESSAGES = 256;
const MAX_BYTES = 256 * 1024;

/**
 * What goes to a client in one frame: a message by itself, or a batch. It never changes, and clients that are
 * sent the same messages share it: so they are joined, compressed and framed once for all of these clients.
 */
export class OutgoingFrame {
  #longer: OutgoingFrame | undefined;
  #plain: Buffer | undefined;
  #compressed: Buffer | undefined;

  private constructor(
    private readonly format: MessageFormat,
    private readonly last: Buffer,
    private readonly bytes: number,
    private readonly before: OutgoingFrame | undefined,
    /** How many messages there are. */
    readonly count: number,
  ) {}

  /** @param message encoded in this format */
  static of(message: Buffer, format: MessageFormat): OutgoingFrame {
    return new OutgoingFrame(format, message, message.length, undefined, 1);
  }

  /** These messages and one more; undefined where that would be too much for one frame. */
  with({ last }: OutgoingFrame): OutgoingFrame | undefined {
    const bytes = this.bytes + last.length;
    if (this.count === MAX_MESSAGES || bytes > MAX_BYTES) {
      return undefined;
    }
    // Clients that were sent the same messages until now mostly get the same next message: the batch of the
    // last call is kept.
    if (this.#longer?.last !== last) {
      this.#longer = new OutgoingFrame(this.format, last, bytes, this, this.count + 1);
    }
    return this.#longer;
  }

  /** What the frame carries, before it is compressed. */
  get payload(): Buffer {
    return this.before === undefined ? this.last : this.format.join(this.#messages());
  }

  /** The frame as it goes over the wire. @param mayCompress whether the client takes compressed frames */
  encode(mayCompress: boolean): Buffer {
    return mayCompress
      ? (this.#compressed ??= this.#encodeCompressed())
      : (this.#plain ??= encodeFrame(this.payload, this.format.isBinary));
  }

  #encodeCompressed(): Buffer {
    const { payload } = this;
    return isWorthCompressing(payload)
      ? encodeCompressedFrame(payload, this.format.isBinary)
      : this.encode(false);
  }

  #messages(): Buffer[] {
    const messages = [this.last];
    for (let { before } = this; before !== undefined; before = before.before) {
      messages.push(before.last);
    }
    return messages.reverse();
  }
}
