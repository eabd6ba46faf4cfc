import { decode, encode } from '@msgpack/msgpack';
import * as v from 'valibot';
import { checkMessagePackBounds } from './messagepack-bounds';
import type { MessageFormat } from './message-format';

/** `{event: 'batch', data: {events: ` in MessagePack: whatever follows is the array. */
const BATCH_BEGIN = Buffer.concat([
  Buffer.from([0x82]),
  packed('event'),
  packed('batch'),
  packed('data'),
  Buffer.from([0x81]),
  packed('events'),
]);
const ARRAY_32 = 0xdd;

const StoredEvent = v.pipe(v.string(), v.parseJson(), v.looseObject({}));

/** One MessagePack map in each binary frame. */
export const MESSAGEPACK_FORMAT: MessageFormat = {
  isBinary: true,

  encode: packed,

  encodeEntry: ({ json, offset }, withOffset) => {
    const event = v.parse(StoredEvent, json);
    return packed(withOffset ? { id: offset, ...event } : event);
  },

  join: (messages) => {
    const header = Buffer.alloc(5, ARRAY_32);
    header.writeUInt32BE(messages.length, 1);
    return Buffer.concat([BATCH_BEGIN, header, ...messages]);
  },

  decode: (frame) => {
    checkMessagePackBounds(frame);
    return decode(frame, { mapKeyConverter: fieldName });
  },
};

/** Names are texts, as in JSON. */
function fieldName(key: unknown): string {
  if (typeof key !== 'string') {
    throw new TypeError('The name of a field must be a string.');
  }
  return key;
}

/** Like JSON, without the fields that are undefined. */
function packed(value: unknown): Buffer {
  const { buffer, byteOffset, byteLength } = encode(value, { ignoreUndefined: true });
  return Buffer.from(buffer, byteOffset, byteLength);
}
