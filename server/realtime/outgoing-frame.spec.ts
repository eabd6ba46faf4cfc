import { randomBytes } from 'node:crypto';
import { constants, inflateRawSync } from 'node:zlib';
import { JSON_FORMAT } from './json-format';
import { MESSAGEPACK_FORMAT } from './messagepack-format';
import { OutgoingFrame } from './outgoing-frame';

const DEFLATE_TAIL = Buffer.from([0x00, 0x00, 0xff, 0xff]);
/** First byte of a frame that carries a whole text, and of one that carries it compressed. */
const PLAIN = 0x81;
const COMPRESSED = 0xc1;
/** A frame of 126 to 65,535 bytes. */
const HEADER_BYTES = 4;

describe('OutgoingFrame', () => {
  const messageOf = (id: string): OutgoingFrame =>
    OutgoingFrame.of(JSON_FORMAT.encode({ event: 'session.deleted', session_id: id }), JSON_FORMAT);
  const long = messageOf(randomBytes(5_000).toString('base64'));
  const eventsIn = (outgoing: OutgoingFrame | undefined): unknown =>
    JSON.parse(outgoing?.payload.toString() ?? 'null');

  it('is the same for all who are sent the same messages one after the other, and its frame, too', () => {
    const [a, b] = [messageOf('a'), messageOf('b')];
    const ofMany = [1, 2, 3].map(() => a.with(b));

    expect(new Set(ofMany)).toHaveSize(1);
    expect(ofMany[0]?.encode(false)).toBe(a.with(b)?.encode(false) ?? Buffer.alloc(0));
  });

  it('is another for who is sent something else', () => {
    const [a, b, c] = [messageOf('a'), messageOf('b'), messageOf('c')];
    const ab = a.with(b);
    const ac = a.with(c);

    expect(eventsIn(ab)).toEqual({
      event: 'batch',
      data: {
        events: ['a', 'b'].map((id) => ({ event: 'session.deleted', session_id: id })),
      },
    });
    expect(eventsIn(ac)).toEqual({
      event: 'batch',
      data: {
        events: ['a', 'c'].map((id) => ({ event: 'session.deleted', session_id: id })),
      },
    });
  });

  it('is itself where it is alone', () => {
    expect(eventsIn(messageOf('a'))).toEqual({ event: 'session.deleted', session_id: 'a' });
  });

  it('takes 256 messages', () => {
    let outgoing: OutgoingFrame | undefined = messageOf('0');
    for (let index = 1; index < 256; index += 1) {
      outgoing = outgoing?.with(messageOf(String(index)));
    }

    expect(outgoing).toBeDefined();
    expect(outgoing?.with(messageOf('256'))).toBeUndefined();
  });

  it('takes 256 KiB, or one message that is larger', () => {
    const larger = messageOf('s'.repeat(300 * 1024));
    const half = messageOf('s'.repeat(130 * 1024));

    expect(larger.with(messageOf('a'))).toBeUndefined();
    expect(messageOf('a').with(larger)).toBeUndefined();
    expect(half.with(half)).toBeUndefined();
    expect(half.with(messageOf('a'))).toBeDefined();
  });

  it('is compressed once, for those who take it so and where it is long', () => {
    const compressed = long.encode(true);
    const text = inflateRawSync(Buffer.concat([compressed.subarray(HEADER_BYTES), DEFLATE_TAIL]), {
      windowBits: 13,
      finishFlush: constants.Z_SYNC_FLUSH,
    });

    expect(compressed[0]).toBe(COMPRESSED);
    expect(text.equals(long.payload)).toBeTrue();
    expect(long.encode(true)).toBe(compressed);
    expect(long.encode(false)[0]).toBe(PLAIN);
    expect(messageOf('a').encode(true)[0]).toBe(PLAIN);
  });

  it('is binary in MessagePack', () => {
    const message = OutgoingFrame.of(MESSAGEPACK_FORMAT.encode({ event: 'pong' }), MESSAGEPACK_FORMAT);

    expect(message.encode(true)[0]).toBe(0x82);
    expect(message.with(message)?.encode(false)[0]).toBe(0x82);
  });
});
