import type { Writable } from 'node:stream';
import { constants, deflateRawSync } from 'node:zlib';
import type { PerMessageDeflateOptions, WebSocket } from 'ws';

/*
 * The one place that goes past `ws`: docs/adr/0013-frames-made-once-for-all-clients.md says why, with the
 * measurements.
 */

/** Payloads of fewer bytes are not compressed. */
const COMPRESSION_THRESHOLD = 4096;

/** A compressed frame is read with a window of 8 KiB, which every client has. */
const WINDOW_BITS = 13;

/**
 * Bytes that are decompressed at once, each time by a way through the thread pool: a hundred bytes may be the
 * longest message. A connection has so much memory only while a message is decompressed.
 */
const CHUNK_BYTES = 8192;

/** A compressed payload ends with these bytes, and RFC 7692 leaves them out. */
const TAIL_BYTES = 4;

const FINAL = 0x80;
const COMPRESSED = 0x40;
const TEXT = 0x01;
const BINARY = 0x02;

/** Most bytes whose number fits into the first two bytes of a frame, and into the two after them. */
const MAX_SHORT = 125;
const MAX_MEDIUM = 65_535;
const MEDIUM = 126;
const LONG = 127;

/**
 * `permessage-deflate` (RFC 7692) as it is agreed with clients. No frame builds on the one before, so each
 * is compressed once for all clients, and no connection keeps a compressor.
 */
export const COMPRESSION: PerMessageDeflateOptions = {
  serverNoContextTakeover: true,
  clientNoContextTakeover: true,
  serverMaxWindowBits: WINDOW_BITS,
  zlibInflateOptions: { chunkSize: CHUNK_BYTES },
};

/** Whether compressing this payload is worth the time: finished texts and batches. */
export function isWorthCompressing(payload: Buffer): boolean {
  return payload.length >= COMPRESSION_THRESHOLD;
}

/** A whole message as a server sends it (RFC 6455, 5.2), in one frame: the same bytes for every client. */
export function encodeFrame(payload: Buffer, isBinary: boolean): Buffer {
  return withHeader(payload, isBinary ? BINARY : TEXT);
}

/** The same for clients on whose sockets {@link COMPRESSION} was agreed. */
export function encodeCompressedFrame(payload: Buffer, isBinary: boolean): Buffer {
  const compressed = deflateRawSync(payload, {
    level: 3,
    memLevel: 6,
    windowBits: WINDOW_BITS,
    finishFlush: constants.Z_SYNC_FLUSH,
  });
  return withHeader(compressed.subarray(0, -TAIL_BYTES), COMPRESSED | (isBinary ? BINARY : TEXT));
}

function withHeader(payload: Buffer, kind: number): Buffer {
  const header = headerFor(payload.length);
  header[0] = FINAL | kind;
  return Buffer.concat([header, payload]);
}

/** A header with its length filled in. */
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

/**
 * The connection under a WebSocket. All messages go to it in whole frames; `ws` sends pings, pongs and closes
 * alone.
 */
export class WebSocketWire {
  /** Whether the client takes compressed frames. */
  readonly isCompressing: boolean;

  constructor(
    socket: WebSocket,
    private readonly stream: Writable,
  ) {
    this.isCompressing = socket.extensions.includes('permessage-deflate');
    freeDecompressor(socket);
  }

  /** @param onGone is called when the frame is on its way to the client, or lost */
  write(frame: Buffer, onGone: () => void): void {
    this.stream.write(frame, onGone);
  }
}

/**
 * Frees the decompressor of a client's messages after each of them: no message builds on another, and
 * clients say little. `ws` would keep it as long as the connection. It has no documented way to free it:
 * should the field get another name, the decompressor is kept.
 */
function freeDecompressor(socket: WebSocket): void {
  const extensions: unknown = Reflect.get(socket, '_extensions');
  if (typeof extensions !== 'object' || extensions === null) {
    return;
  }
  const extension: unknown = Reflect.get(extensions, 'permessage-deflate');
  if (isReleasable(extension)) {
    socket.on('message', () => {
      extension.cleanup();
    });
  }
}

function isReleasable(value: unknown): value is { cleanup(): void } {
  return (
    typeof value === 'object' && value !== null && 'cleanup' in value && typeof value.cleanup === 'function'
  );
}
