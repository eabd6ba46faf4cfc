import * as fc from 'fast-check';
import { RealtimeError } from '../realtime-error';
import { decodeFrame, encodeMessage } from './framing';
import { JSON_CODEC } from './realtime-codec';

describe('framing', () => {
  const decode = (frame: string | ArrayBuffer) => decodeFrame(JSON_CODEC, frame);

  it('reads an envelope and lets unknown fields pass', () => {
    expect(decode('{"event":"task.update","later":1}')).toEqual({ event: 'task.update', later: 1 });
  });

  for (const [what, frame] of [
    ['malformed JSON', '{"event":'],
    ['a JSON array', '[{"event":"a"}]'],
    ['null', 'null'],
    ['an object without an event', '{"data":{}}'],
    ['an event that is not a string', '{"event":1}'],
    ['an empty frame', ''],
  ] as const) {
    it(`returns an error for ${what}`, () => {
      expect(decode(frame)).toEqual(jasmine.objectContaining({ code: 'undecodable-frame' }));
    });
  }

  it('returns an error for a binary frame where JSON is spoken', () => {
    expect(decode(new ArrayBuffer(3))).toEqual(
      jasmine.objectContaining({ code: 'undecodable-frame', message: jasmine.stringContaining('3 bytes') }),
    );
  });

  it('quotes no more than the beginning of a long frame', () => {
    const error = decode('x'.repeat(10_000));

    expect(error instanceof RealtimeError && error.message.length).toBeLessThan(200);
  });

  it('never throws, whatever arrives', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (frame) => {
        decode(frame);
      }),
    );
    expect().nothing();
  });

  it('reads back every message that it wrote as JSON', () => {
    const message = fc.record({ event: fc.string(), data: fc.jsonValue({ noUnicodeString: false }) });

    fc.assert(
      fc.property(message, (original) => {
        const frame = encodeMessage(JSON_CODEC, original, []);
        const expected: unknown = JSON.parse(JSON.stringify(original));
        expect<unknown>(typeof frame === 'string' && decode(frame)).toEqual(expected);
      }),
    );
  });

  it('returns an error for a message that cannot be written', () => {
    const circular: Record<string, unknown> = {};
    circular['self'] = circular;

    expect(encodeMessage(JSON_CODEC, { event: 'feedback', data: circular }, [])).toEqual(
      jasmine.objectContaining({ code: 'unserializable-message', event: 'feedback' }),
    );
  });
});
