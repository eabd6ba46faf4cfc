import type { RealtimeExtension } from '../extensions/realtime-extension';
import { inflateMessages } from './inflate-messages';

/** What compressed messages may cost. */
export interface CompressionOptions {
  /**
   * Bytes the `data` of one message may inflate to. A message beyond it is reported and ignored: a few
   * kilobytes can inflate to gigabytes.
   *
   * @default 10_485_760 (10 MiB)
   */
  readonly maxInflatedSize?: number;
}

/**
 * Understands messages whose `data` is compressed: `{event, encoding: 'gzip', data: '<base64>'}`. Needs the
 * browser's `DecompressionStream`; without it, each such message is reported and ignored.
 *
 * ```ts
 * provideRealtime({ url }, withRetry(), withCompression())
 * ```
 *
 * @throws RangeError in development builds when `maxInflatedSize` is not a positive number.
 */
export function withCompression(options: CompressionOptions = {}): RealtimeExtension {
  const { maxInflatedSize = 10_485_760 } = options;
  if (ngDevMode && !(maxInflatedSize > 0)) {
    throw new RangeError('withCompression: maxInflatedSize must be a positive number of bytes.');
  }
  return {
    id: 'compression',
    hooks: ({ report }) => ({
      incoming: { phase: 'inflate', through: inflateMessages(maxInflatedSize, report) },
    }),
  };
}
