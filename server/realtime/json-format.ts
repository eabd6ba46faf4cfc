import { checkJsonBounds } from './json-bounds';
import type { MessageFormat } from './message-format';

const BATCH_BEGIN = Buffer.from('{"event":"batch","data":{"events":[');
const BATCH_SEPARATOR = Buffer.from(',');
const BATCH_END = Buffer.from(']}}');

/** One JSON object in each text frame. */
export const JSON_FORMAT: MessageFormat = {
  isBinary: false,

  encode: (message) => Buffer.from(JSON.stringify(message)),

  // The journal keeps the text, so that it need not be made again: only the offset is put into it.
  encodeEntry: ({ json, offset }, withOffset) =>
    Buffer.from(withOffset ? `{"id":${offset},${json.slice(1)}` : json),

  join: (messages) =>
    Buffer.concat([
      BATCH_BEGIN,
      ...messages.flatMap((message, index) => (index === 0 ? [message] : [BATCH_SEPARATOR, message])),
      BATCH_END,
    ]),

  decode: (frame): unknown => {
    const text = frame.toString('utf8');
    checkJsonBounds(text);
    return JSON.parse(text);
  },
};
