import { decode, encode } from '@msgpack/msgpack';
import * as fc from 'fast-check';
import { filter, firstValueFrom } from 'rxjs';
import type { RealtimeService } from '@creative-autogpt/realtime';
import { setUpClient } from '../src/spec-support/client';
import { FakeWebSocket, lastSocket, useFakeBrowser } from '../src/spec-support/fake-web-socket';
import { MESSAGE_PACK_CODEC } from './message-pack-codec';
import { withMessagePack } from './with-message-pack';

const SUBPROTOCOL = 'creative-autogpt.v1+msgpack';

/** What JSON and MessagePack have in common, and bytes. */
const { value } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.constant(null),
    fc.boolean(),
    // MessagePack writes whole numbers as integers, which have no -0; neither has JSON.
    fc.double({ noNaN: true }).filter((each) => !Object.is(each, -0)),
    fc.maxSafeInteger(),
    fc.string({ unit: 'grapheme' }),
    fc.uint8Array(),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(
      fc.string().filter((key) => key !== '__proto__'),
      tie('value'),
      { maxKeys: 4, noNullPrototype: true },
    ),
  ),
}));

function frameOf(message: unknown): ArrayBuffer {
  return encode(message).slice().buffer;
}

describe('withMessagePack', () => {
  useFakeBrowser();

  let realtime: RealtimeService;
  let seen: unknown[];
  let errors: string[];

  beforeEach(async () => {
    realtime = setUpClient({}, [withMessagePack()]);
    seen = [];
    errors = [];
    realtime.messages.subscribe((message) => seen.push(message));
    realtime.errors.subscribe(({ code }) => errors.push(code));
    realtime.connect();
    lastSocket().accept(SUBPROTOCOL);
    await firstValueFrom(realtime.statusChanges.pipe(filter((status) => status === 'connected')), {
      defaultValue: null,
    });
  });

  function lastSent(): unknown {
    return decode(lastSocket().sentBinary.at(-1) ?? new Uint8Array());
  }

  it('offers its subprotocol', () => {
    expect(lastSocket().protocols).toEqual([SUBPROTOCOL]);
  });

  it('S19: opens with connect in a binary frame', () => {
    expect(lastSent()).toEqual({ event: 'connect' });
    expect(lastSocket().sent).toEqual([]);
  });

  it('S19: reads binary frames', () => {
    lastSocket().deliver(frameOf({ event: 'task.update', data: { title: '第一章' } }));

    expect(seen).toEqual([{ event: 'task.update', data: { title: '第一章' } }]);
  });

  it('passes bytes on as they are, both ways', () => {
    const bytes = Uint8Array.of(0, 127, 255);
    lastSocket().deliver(frameOf({ event: 'image', data: { bytes } }));
    realtime.send({ event: 'upload', data: { bytes } });

    expect(seen).toEqual([{ event: 'image', data: { bytes } }]);
    expect(lastSent()).toEqual({ event: 'upload', data: { bytes } });
  });

  it('leaves out fields that are undefined', () => {
    realtime.send({ event: 'start', session_id: undefined });

    expect(lastSent()).toEqual({ event: 'start' });
  });

  it('reports what it cannot write, and goes on', () => {
    expect(realtime.send({ event: 'feedback', data: 1n })).toBeFalse();
    expect(errors).toEqual(['unserializable-message']);
    expect(realtime.send({ event: 'feedback' })).toBeTrue();
  });

  it('reports a text frame', () => {
    lastSocket().emit({ event: 'a' });

    expect(errors).toEqual(['undecodable-frame']);
  });

  it('reports an array that claims to be larger than any frame', () => {
    lastSocket().deliver(Uint8Array.of(0xdd, 0x0f, 0xff, 0xff, 0xff).buffer);

    expect(errors).toEqual(['undecodable-frame']);
  });

  it('survives 10,000 malformed frames, each reported', () => {
    const bytes = fc.uint8Array({ maxLength: 64 }).map((each) => each.slice().buffer);
    const broken = value.map((data) => frameOf({ event: 'broken', data }).slice(0, -1));

    fc.sample(fc.oneof(bytes, broken), { numRuns: 10_000, seed: 1 }).forEach((frame) =>
      lastSocket().deliver(frame),
    );
    lastSocket().deliver(frameOf({ event: 'alive' }));

    expect(errors.length).toBe(10_000);
    expect(seen).toEqual([{ event: 'alive' }]);
    expect(realtime.status()).toBe('connected');
    expect(FakeWebSocket.sockets.length).toBe(1);
  });

  it('reads back every message that it wrote', () => {
    fc.assert(
      fc.property(fc.record({ event: fc.string(), data: value }), (message) => {
        const frame = MESSAGE_PACK_CODEC.encode(message);
        const read = typeof frame === 'string' ? frame : MESSAGE_PACK_CODEC.decode(frame.slice().buffer);
        expect(read).toEqual(message);
      }),
    );
  });
});
