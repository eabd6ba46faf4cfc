import { encode } from '@msgpack/msgpack';
import * as fc from 'fast-check';

/** What a frame that somebody made up may hold. */
export type HostileFrame = string | Uint8Array;

const EVENTS = [
  'connect',
  'ping',
  'subscribe',
  'unsubscribe',
  'start',
  'pause',
  'resume',
  'stop',
  'approve',
  'feedback',
  'authenticate',
  'connected',
  'batch',
  '__proto__',
  'constructor',
] as const;

const HUGE_NUMBERS = ['1e999', '-1e999', '9007199254740993', '1e-999', '-0', '1'.repeat(1000)] as const;

/** So that a frame with all its fields is not too large. */
const MAX_DEPTH = 1000;

const nested = fc
  .record({ depth: fc.integer({ min: 1, max: MAX_DEPTH }), open: fc.constantFrom('[', '{"a":') })
  .map(({ depth, open }) => `${open.repeat(depth)}1${(open === '[' ? ']' : '}').repeat(depth)}`);

const field = fc.oneof(fc.json(), nested, fc.constantFrom(...HUGE_NUMBERS));

/** An envelope that might be one, with fields of any kind. */
const envelope = fc
  .record(
    {
      event: fc.oneof(fc.constantFrom(...EVENTS.map((event) => JSON.stringify(event))), field),
      session_id: field,
      id: fc.oneof(
        fc.json(),
        fc.string().map((text) => JSON.stringify(text)),
      ),
      data: fc.oneof(
        field,
        fc
          .dictionary(
            fc.constantFrom(
              'capabilities',
              'resume',
              'client_id',
              'ts',
              'task_id',
              'action',
              'message',
              'token',
            ),
            field,
          )
          .map((fields) => objectOf(fields)),
      ),
    },
    { requiredKeys: ['event'] },
  )
  .map((fields) => objectOf(fields));

const cutOff = (text: string): fc.Arbitrary<string> =>
  fc.integer({ min: 0, max: text.length }).map((length) => text.slice(0, length));

/** Text, most of it JSON, and now and then bytes where text belongs. */
export const TEXT_FRAMES: fc.Arbitrary<HostileFrame> = fc.oneof(
  { weight: 6, arbitrary: envelope },
  { weight: 2, arbitrary: envelope.chain(cutOff) },
  { weight: 1, arbitrary: field },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 200 }) },
  { weight: 1, arbitrary: fc.uint8Array({ maxLength: 200 }) },
);

/** Bytes that begin like a container or a text of MessagePack which is far longer than the frame. */
const boasting = fc
  .tuple(fc.constantFrom(0xc6, 0xc9, 0xdb, 0xdd, 0xdf), fc.uint8Array({ minLength: 4, maxLength: 40 }))
  .map(([kind, rest]) => Uint8Array.of(kind, ...rest));

const packedEnvelope = fc
  .record(
    {
      event: fc.constantFrom(...EVENTS),
      session_id: fc.jsonValue(),
      id: fc.jsonValue(),
      data: fc.jsonValue(),
    },
    { requiredKeys: ['event'] },
  )
  .map((message) => encode(message));

/** MessagePack, most of it broken, and now and then text where bytes belong. */
export const BINARY_FRAMES: fc.Arbitrary<HostileFrame> = fc.oneof(
  { weight: 4, arbitrary: packedEnvelope },
  {
    weight: 3,
    arbitrary: fc
      .tuple(packedEnvelope, fc.nat(), fc.nat({ max: 255 }))
      .map(([bytes, position, byte]) => bytes.with(position % bytes.length, byte)),
  },
  {
    weight: 2,
    arbitrary: fc.tuple(packedEnvelope, fc.nat()).map(([bytes, end]) => bytes.slice(0, end % bytes.length)),
  },
  { weight: 2, arbitrary: boasting },
  { weight: 2, arbitrary: fc.uint8Array({ maxLength: 200 }) },
  { weight: 1, arbitrary: fc.string({ maxLength: 50 }) },
  {
    weight: 1,
    arbitrary: fc.integer({ min: 1, max: 5000 }).map((depth) => new Uint8Array(depth).fill(0x91)),
  },
);

/** An object of JSON texts, as JSON text. */
function objectOf(fields: Readonly<Partial<Record<string, string>>>): string {
  const pairs = Object.entries(fields).map(([name, json]) => `${JSON.stringify(name)}:${json ?? 'null'}`);
  return `{${pairs.join(',')}}`;
}
