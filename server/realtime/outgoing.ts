import { compress, isWorthCompressing } from './compression';
import { websocketFrame } from './websocket-frame';
import type { WireFormat } from './wire-format';

/** A batch is sent before it grows beyond these; a single message may be larger. */
const MAX_MESSAGES = 256;
const MAX_BYTES = 256 * 1024;

/**
 * Messages that go to a client in one frame: one by itself, or a batch. Never changed, and the same object for every client
 * that is sent the same: so they are joined, compressed and framed once for all of them.
 */
export class Outgoing {
  #longer: Outgoing | undefined;
  #plain: Buffer | undefined;
  #compressed: Buffer | undefined;

  private constructor(
    private readonly format: WireFormat,
    private readonly last: Buffer,
    private readonly bytes: number,
    private readonly before: Outgoing | undefined,
    /** How many messages there are. */
    readonly count: number,
  ) {}

  static of(message: Buffer, format: WireFormat): Outgoing {
    return new Outgoing(format, message, message.length, undefined, 1);
  }

  /** These messages and one more; undefined where that would be too much for one frame. */
  with({ last }: Outgoing): Outgoing | undefined {
    const bytes = this.bytes + last.length;
    if (this.count === MAX_MESSAGES || bytes > MAX_BYTES) {
      return undefined;
    }
    // Clients are told one message after the other: who has had the same until now, mostly gets the same next.
    if (this.#longer?.last !== last) {
      this.#longer = new Outgoing(this.format, last, bytes, this, this.count + 1);
    }
    return this.#longer;
  }

  /** What its frame carries, before it is compressed. */
  get payload(): Buffer {
    return this.before === undefined ? this.last : this.format.join(this.#messages());
  }

  /** @param canCompress whether the client takes compressed frames */
  frame(canCompress: boolean): Buffer {
    return canCompress
      ? (this.#compressed ??= this.#compressedFrame())
      : (this.#plain ??= this.#plainFrame());
  }

  #plainFrame(): Buffer {
    return websocketFrame(this.payload, { isBinary: this.format.isBinary, isCompressed: false });
  }

  #compressedFrame(): Buffer {
    const { payload } = this;
    return isWorthCompressing(payload)
      ? websocketFrame(compress(payload), { isBinary: this.format.isBinary, isCompressed: true })
      : this.frame(false);
  }

  #messages(): Buffer[] {
    const messages = [this.last];
    for (let { before } = this; before !== undefined; before = before.before) {
      messages.push(before.last);
    }
    return messages.reverse();
  }
}
