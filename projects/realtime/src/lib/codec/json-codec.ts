import type { RealtimeCodec } from './realtime-codec';

/** The codec of every connection on which no other was agreed: one JSON object in a text frame. */
export const JSON_CODEC: RealtimeCodec = {
  name: 'JSON',
  decode: (frame): unknown => {
    if (typeof frame !== 'string') {
      throw new TypeError(ngDevMode ? 'The frame is binary.' : '');
    }
    return JSON.parse(frame);
  },
  encode: (message) => JSON.stringify(message),
};
