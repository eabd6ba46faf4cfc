/** Operation codes of RFC 6455 that a server uses. */
export const TEXT = 1;
export const CLOSE = 8;
export const PING = 9;
export const PONG = 10;

/** What marks the first frame of a compressed message (RFC 7692). */
export const COMPRESSED = 0x40;
/** What such a message ends with, and leaves out. */
export const DEFLATE_TAIL = Buffer.from([0x00, 0x00, 0xff, 0xff]);

/** One frame of a server. */
export interface ReceivedFrame {
  readonly opcode: number;
  readonly isCompressed: boolean;
  /** Valid until the next chunk. */
  readonly payload: Buffer;
}

/** Takes the frames of a server (RFC 6455: whole messages, never masked) out of what a connection brings. */
export class FrameReader {
  #parts: Buffer[] = [];
  #missing = 0;

  constructor(private readonly onFrame: (frame: ReceivedFrame) => void) {}

  read(chunk: Buffer): void {
    // A long frame is put together once, when all of it is there.
    this.#parts.push(chunk);
    this.#missing -= chunk.length;
    if (this.#missing > 0) {
      return;
    }
    const bytes = this.#parts.length === 1 ? chunk : Buffer.concat(this.#parts);
    let at = 0;
    this.#missing = 0;
    while (this.#missing === 0) {
      const size = sizeAt(bytes, at);
      if (at + size.frame > bytes.length) {
        this.#missing = at + size.frame - bytes.length;
        break;
      }
      const first = bytes.readUInt8(at);
      this.onFrame({
        opcode: first & 0x0f,
        isCompressed: (first & COMPRESSED) !== 0,
        payload: bytes.subarray(at + size.header, at + size.frame),
      });
      at += size.frame;
    }
    this.#parts = at === bytes.length ? [] : [bytes.subarray(at)];
  }
}

/**
 * Bytes of the header and of the frame that begins here, as far as can be told: at least what must come to
 * tell more.
 */
function sizeAt(bytes: Buffer, at: number): { header: number; frame: number } {
  if (at + 2 > bytes.length) {
    return { header: 2, frame: 2 };
  }
  const length = bytes.readUInt8(at + 1) & 0x7f;
  if (length < 126) {
    return { header: 2, frame: 2 + length };
  }
  const header = length === 126 ? 4 : 10;
  if (at + header > bytes.length) {
    return { header, frame: header };
  }
  return {
    header,
    frame: header + (length === 126 ? bytes.readUInt16BE(at + 2) : Number(bytes.readBigUInt64BE(at + 2))),
  };
}
