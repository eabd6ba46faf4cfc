import { inject } from '@angular/core';
import type { RealtimeExtension } from '../extensions/realtime-extension';
import { CallerZone } from '../zones/caller-zone';
import { unbatch } from './unbatch';

/**
 * Asks the server to send several messages in one frame, which costs a browser a fraction of as many frames.
 * Every other part of the client sees single messages.
 *
 * ```ts
 * provideRealtime({ url }, withRetry(), withBatches())
 * ```
 */
export function withBatches(): RealtimeExtension {
  return {
    id: 'batches',
    hooks: ({ report }) => ({
      capability: 'batch',
      incoming: { phase: 'unpack', through: unbatch(inject(CallerZone), report) },
    }),
  };
}
