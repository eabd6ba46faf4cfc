import { constants, deflateRawSync } from 'node:zlib';
import type { PerMessageDeflateOptions } from 'ws';

/** Payloads of fewer bytes go as they are. */
const THRESHOLD = 4096;

/** Of what a frame is compressed with: every client can take it back with a window of 8 KiB. */
const WINDOW_BITS = 13;

/** Bytes that decompressing takes at once: a client's messages are short, and each connection may keep as much. */
const CHUNK_BYTES = 1024;

/** What a compressed payload ends with, and RFC 7692 leaves out. */
const TAIL_BYTES = 4;

/**
 * `permessage-deflate` (RFC 7692) for frames that are worth it: finished texts and batches. The server's frames do not build
 * on each other, and are compressed alike for every client: so each is compressed once, however many are sent it, and no
 * connection keeps a compressor.
 */
export const COMPRESSION: PerMessageDeflateOptions = {
  serverNoContextTakeover: true,
  clientNoContextTakeover: true,
  serverMaxWindowBits: WINDOW_BITS,
  zlibInflateOptions: { chunkSize: CHUNK_BYTES },
};

/** Whether a payload is worth compressing for who takes it so. */
export function isWorthCompressing(payload: Buffer): boolean {
  return payload.length >= THRESHOLD;
}

/** A payload as {@link COMPRESSION} was agreed with every client that takes it so. */
export function compress(payload: Buffer): Buffer {
  const compressed = deflateRawSync(payload, {
    level: 3,
    memLevel: 6,
    windowBits: WINDOW_BITS,
    finishFlush: constants.Z_SYNC_FLUSH,
  });
  return compressed.subarray(0, -TAIL_BYTES);
}

/** Whether compression was agreed with the client on this socket. */
export function agreedOnCompression({ extensions }: { readonly extensions: string }): boolean {
  return extensions.includes('permessage-deflate');
}
