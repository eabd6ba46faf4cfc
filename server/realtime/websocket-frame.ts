const FINAL = 0x80;
const COMPRESSED = 0x40;
const TEXT = 0x01;
const BINARY = 0x02;

/** Most bytes whose number fits into the first two bytes of a frame, and into the two after them. */
const MAX_SHORT = 125;
const MAX_MEDIUM = 65_535;
const MEDIUM = 126;
const LONG = 127;

/** What a frame says of its payload. */
export interface FrameKind {
  /** Whether it is a binary frame, otherwise a text frame. */
  readonly isBinary: boolean;
  /** Whether the payload is compressed as RFC 7692 has it. */
  readonly isCompressed: boolean;
}

/** A whole message as a server sends it (RFC 6455, 5.2): in one frame, not masked, so that every client is sent the same bytes. */
export function websocketFrame(payload: Buffer, { isBinary, isCompressed }: FrameKind): Buffer {
  const header = headerFor(payload.length);
  header[0] = FINAL | (isCompressed ? COMPRESSED : 0) | (isBinary ? BINARY : TEXT);
  return Buffer.concat([header, payload]);
}

/** A header whose length is filled in. */
function headerFor(length: number): Buffer {
  if (length <= MAX_SHORT) {
    return Buffer.from([0, length]);
  }
  if (length <= MAX_MEDIUM) {
    const header = Buffer.from([0, MEDIUM, 0, 0]);
    header.writeUInt16BE(length, 2);
    return header;
  }
  const header = Buffer.alloc(10);
  header[1] = LONG;
  header.writeBigUInt64BE(BigInt(length), 2);
  return header;
}
