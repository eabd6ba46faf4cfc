import { inject } from '@angular/core';
import type { RealtimeExtension } from '../extensions/realtime-extension';
import { REALTIME_SCHEDULER } from '../time/realtime-scheduler';
import { CodecNegotiation } from './codec-negotiation';
import type { SubprotocolCodec } from './realtime-codec';

/**
 * Offers the server other ways to write messages than JSON, best first, as WebSocket subprotocols. Where it
 * agrees to none, JSON is spoken.
 *
 * ```ts
 * provideRealtime({ url }, withCodec({ protocol: 'example.v1+cbor', load: async () => (await import('./cbor')).CBOR }))
 * ```
 */
export function withCodec(...codecs: readonly SubprotocolCodec[]): RealtimeExtension {
  return {
    id: 'codec',
    hooks: ({ report }) => new CodecNegotiation(codecs, inject(REALTIME_SCHEDULER), report),
  };
}
