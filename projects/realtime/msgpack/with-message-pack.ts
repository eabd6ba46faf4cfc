import { type RealtimeExtension, type SubprotocolCodec, withCodec } from '@creative-autogpt/realtime';

const MESSAGE_PACK: SubprotocolCodec = {
  protocol: 'creative-autogpt.v1+msgpack',
  load: async () => (await import('./message-pack-codec')).MESSAGE_PACK_CODEC,
};

/**
 * Speaks MessagePack in binary frames where the server agrees to the subprotocol
 * `creative-autogpt.v1+msgpack`, and JSON otherwise. `@msgpack/msgpack` is loaded when a server first agrees.
 *
 * ```ts
 * provideRealtime({ url }, withRetry(), withMessagePack())
 * ```
 */
export function withMessagePack(): RealtimeExtension {
  return withCodec(MESSAGE_PACK);
}
