import { makeFeature, type RealtimeFeature } from '../realtime-feature';
import { LinkOpener } from './link-opener';
import { NegotiatingLinkOpener } from './negotiating-link-opener';
import { SUBPROTOCOL_CODECS, type SubprotocolCodec } from './realtime-codec';

/**
 * Offers the server other ways to write messages than JSON, best first, as WebSocket subprotocols. Where it agrees to
 * none, JSON is spoken.
 *
 * ```ts
 * provideRealtime({ url }, withCodec({ protocol: 'example.v1+cbor', load: async () => (await import('./cbor')).CBOR }))
 * ```
 */
export function withCodec(...codecs: readonly SubprotocolCodec[]): RealtimeFeature<'codec'> {
  return makeFeature('codec', [
    { provide: SUBPROTOCOL_CODECS, useValue: codecs },
    { provide: LinkOpener, useFactory: () => new NegotiatingLinkOpener() },
  ]);
}
