import type { RealtimeCodec } from '@creative-autogpt/realtime';
import { Decoder, Encoder } from '@msgpack/msgpack';

/**
 * Elements an array may claim to have. The decoder makes room for them before it reads them, so that without
 * a limit a frame of a few bytes could claim gigabytes.
 */
const MAX_ARRAY_LENGTH = 1_000_000;

// Fields that are undefined are left out, as JSON leaves them out.
const encoder = new Encoder({ ignoreUndefined: true });
const decoder = new Decoder({ maxArrayLength: MAX_ARRAY_LENGTH });

/** One message as MessagePack in a binary frame. Bytes pass as `Uint8Array`, both ways. */
export const MESSAGE_PACK_CODEC: RealtimeCodec = {
  name: 'MessagePack',
  decode: (frame) => {
    if (typeof frame === 'string') {
      throw new TypeError('The frame is text.');
    }
    return decoder.decode(frame);
  },
  encode: (message) => encoder.encode(message),
};
