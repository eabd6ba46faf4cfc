import { decode } from '@msgpack/msgpack';
import { JSON_FORMAT } from './json-format';
import { MESSAGEPACK_FORMAT } from './messagepack-format';
import { SharedMessage } from './shared-message';

const EVENT = { event: 'session.deleted', session_id: 's' } as const;

describe('SharedMessage', () => {
  let entry: SharedMessage;
  beforeEach(() => {
    entry = SharedMessage.ofEntry({ offset: 7, subject: 's', json: JSON.stringify(EVENT) });
  });

  for (const format of [JSON_FORMAT, MESSAGEPACK_FORMAT]) {
    const name = format.isBinary ? 'MessagePack' : 'JSON';

    it(`is encoded once for all who take it as ${name}, with the offset or without`, () => {
      expect(entry.in(format, true)).toBe(entry.in(format, true));
      expect(entry.in(format, false)).toBe(entry.in(format, false));
    });
  }

  it('carries its offset for those who take it', () => {
    expect(JSON.parse(entry.in(JSON_FORMAT, true).payload.toString())).toEqual({ id: 7, ...EVENT });
    expect(decode(entry.in(MESSAGEPACK_FORMAT, true).payload)).toEqual({ id: 7, ...EVENT });
  });

  it('does not for others', () => {
    expect(JSON.parse(entry.in(JSON_FORMAT, false).payload.toString())).toEqual(EVENT);
    expect(decode(entry.in(MESSAGEPACK_FORMAT, false).payload)).toEqual(EVENT);
  });

  it('has none where it is not in the journal', () => {
    expect(JSON.parse(SharedMessage.of({ event: 'pong' }).in(JSON_FORMAT, true).payload.toString())).toEqual({
      event: 'pong',
    });
  });
});
