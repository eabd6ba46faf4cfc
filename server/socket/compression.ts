import type { PerMessageDeflateOptions } from 'ws';

/**
 * `permessage-deflate` (RFC 7692) for frames that are worth it: finished texts and batches. Each socket that was sent such a
 * frame keeps one compressor; with this window and level of memory that takes 64 KiB instead of 256.
 */
export const COMPRESSION: PerMessageDeflateOptions = {
  /** Bytes; smaller frames go as they are. */
  threshold: 4096,
  serverNoContextTakeover: true,
  clientNoContextTakeover: true,
  serverMaxWindowBits: 13,
  zlibDeflateOptions: { level: 3, memLevel: 6 },
  concurrencyLimit: 4,
};
