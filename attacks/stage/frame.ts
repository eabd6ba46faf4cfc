/** Operation codes of RFC 6455. */
export const OPCODES = { continuation: 0, text: 1, binary: 2, close: 8, ping: 9, pong: 10 } as const;

/** What makes a frame another than a client should send. */
export interface FrameOptions {
  /** @default text for strings, binary for bytes */
  readonly opcode?: number;
  /** Whether its message ends with it. @default true */
  readonly isLast?: boolean;
  /** The three reserved bits, as a number from 0 to 7; 4 marks a compressed message. @default 0 */
  readonly reserved?: number;
  /** @default true */
  readonly isMasked?: boolean;
  /** Bytes that it says it has. @default those it has */
  readonly claimed?: bigint;
}

/** A frame as it goes over the wire. The mask is of zeros: the payload stays as it is. */
export function frame(payload: string | Uint8Array, options: FrameOptions = {}): Buffer {
  const { isLast = true, reserved = 0, isMasked = true } = options;
  const bytes = Buffer.from(payload);
  const { opcode = typeof payload === 'string' ? OPCODES.text : OPCODES.binary } = options;
  const { claimed = BigInt(bytes.length) } = options;
  const first = (isLast ? 0x80 : 0) | (reserved << 4) | opcode;
  const masked = isMasked ? 0x80 : 0;
  return Buffer.concat([
    Buffer.from([first, ...lengthBytes(claimed, masked)]),
    Buffer.alloc(isMasked ? 4 : 0),
    bytes,
  ]);
}

function lengthBytes(length: bigint, masked: number): number[] {
  if (length < 126n) {
    return [masked | Number(length)];
  }
  if (length < 65_536n) {
    return [masked | 126, Number(length >> 8n), Number(length & 0xffn)];
  }
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(length);
  return [masked | 127, ...bytes];
}
