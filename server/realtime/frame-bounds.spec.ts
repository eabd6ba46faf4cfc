import { encode } from '@msgpack/msgpack';
import * as fc from 'fast-check';
import { FrameBoundsError } from './frame-bounds';
import { JSON_FORMAT } from './json-format';
import { MESSAGEPACK_FORMAT } from './messagepack-format';
import type { MessageFormat } from './message-format';

const SEED = 20_261_128;
const MAX_VALUES = 256;
const MAX_LEVELS = 32;

/** How a decoded value is measured. */
interface Measure {
  readonly values: number;
  readonly levels: number;
}

function measureOf(value: unknown): Measure {
  if (typeof value !== 'object' || value === null) {
    return { values: 1, levels: 0 };
  }
  const inner = Object.values(value).map(measureOf);
  const names = Array.isArray(value) ? 0 : inner.length;
  return {
    values: inner.reduce((sum, { values }) => sum + values, 1 + names),
    levels: 1 + Math.max(0, ...inner.map(({ levels }) => levels)),
  };
}

/** What becomes of a frame: what it holds, or why it is refused. */
function outcomeOf(format: MessageFormat, frame: Uint8Array): Measure | 'bounds' | 'format' {
  try {
    return measureOf(format.decode(Buffer.from(frame)));
  } catch (error) {
    return error instanceof FrameBoundsError ? 'bounds' : 'format';
  }
}

const nested = (depth: number): unknown => JSON.parse(`${'['.repeat(depth)}1${']'.repeat(depth)}`);
const packed = (value: unknown): Uint8Array => encode(value, { maxDepth: 1000 });
const json = (value: unknown): Uint8Array => Buffer.from(JSON.stringify(value));

for (const [name, format, write] of [
  ['MessagePack', MESSAGEPACK_FORMAT, packed],
  ['JSON', JSON_FORMAT, json],
] as const) {
  describe(`The bounds of a message in ${name}`, () => {
    it('allow as many values as there may be, and no more', () => {
      expect(outcomeOf(format, write(Array(MAX_VALUES - 1).fill(1)))).toEqual({
        values: MAX_VALUES,
        levels: 1,
      });
      expect(outcomeOf(format, write(Array(MAX_VALUES).fill(1)))).toBe('bounds');
    });

    it('count the names of fields', () => {
      const fields = (count: number) =>
        Object.fromEntries(Array.from({ length: count }, (_, i) => [`f${i}`, 1]));

      expect(outcomeOf(format, write(fields(127)))).toEqual({ values: 255, levels: 1 });
      expect(outcomeOf(format, write(fields(128)))).toBe('bounds');
    });

    it('allow as many levels as there may be, and no more', () => {
      expect(outcomeOf(format, write(nested(MAX_LEVELS)))).toEqual({
        values: MAX_LEVELS + 1,
        levels: MAX_LEVELS,
      });
      expect(outcomeOf(format, write(nested(MAX_LEVELS + 1)))).toBe('bounds');
    });

    it('count what is beside each other once, however much of it is closed again', () => {
      expect(outcomeOf(format, write(Array(80).fill([1])))).toEqual({ values: 161, levels: 2 });
    });

    it('take marks in texts for texts', () => {
      const text = '[{"\\,:'.repeat(200);

      expect(outcomeOf(format, write({ [text]: `${text}\\` }))).toEqual({ values: 3, levels: 1 });
    });

    it(`leave as they are all messages within them (seed ${SEED})`, () => {
      const value = fc.jsonValue({ maxDepth: 6, stringUnit: 'binary' });
      fc.assert(
        fc.property(value, (message) => {
          const { values, levels } = measureOf(message);
          const outcome = outcomeOf(format, write(message));
          if (values <= MAX_VALUES / 2 && levels <= MAX_LEVELS) {
            expect(outcome).toEqual({ values, levels });
          }
        }),
        { seed: SEED, numRuns: 200 },
      );
    });
  });
}

describe('Frames that claim more than they are', () => {
  /** Containers, texts and bytes of every kind, with any length behind them. */
  const claim = fc
    .tuple(
      fc.constantFrom(0x91, 0x9f, 0x81, 0x8f, 0xdc, 0xdd, 0xde, 0xdf, 0xc4, 0xc6, 0xd9, 0xdb, 0xc9, 0xa3),
      fc.nat(0xffff),
    )
    .map(([kind, length]) => Buffer.from([kind, length >> 8, length & 255]));

  it(`are refused before anything is made for them, or hold little (MessagePack, seed ${SEED})`, () => {
    const frames = fc.tuple(
      fc.array(claim, { minLength: 1, maxLength: 12 }),
      fc.integer({ min: 1, max: 100 }),
    );
    fc.assert(
      fc.property(frames, ([claims, times]) => {
        const outcome = outcomeOf(
          MESSAGEPACK_FORMAT,
          Buffer.concat(Array(times).fill(Buffer.concat(claims))),
        );
        if (typeof outcome === 'object') {
          expect(outcome.values).toBeLessThanOrEqual(MAX_VALUES);
          expect(outcome.levels).toBeLessThanOrEqual(MAX_LEVELS);
        }
      }),
      { seed: SEED, numRuns: 500 },
    );
  });

  it(`are refused before anything is made for them, or hold little (JSON, seed ${SEED})`, () => {
    const part = fc.constantFrom(
      '[',
      ']',
      '{',
      '}',
      '"a":',
      '"',
      '\\',
      ',',
      '1',
      '[],',
      '{"a":[',
      '"\\""',
      ' ',
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 12 }), fc.integer({ min: 1, max: 100 }), (parts, times) => {
        const outcome = outcomeOf(JSON_FORMAT, Buffer.from(parts.join('').repeat(times)));
        if (typeof outcome === 'object') {
          expect(outcome.values).toBeLessThanOrEqual(MAX_VALUES);
          expect(outcome.levels).toBeLessThanOrEqual(MAX_LEVELS);
        }
      }),
      { seed: SEED, numRuns: 500 },
    );
  });

  it('are refused when 64 kB are arrays in arrays that claim 256 values each', () => {
    const bomb = Buffer.concat(Array(21_845).fill(Buffer.from([0xdc, 1, 0])));

    expect(outcomeOf(MESSAGEPACK_FORMAT, bomb)).toBe('bounds');
  });

  it('are not MessagePack where the name of a field is no string', () => {
    expect(outcomeOf(MESSAGEPACK_FORMAT, Uint8Array.of(0x81, 0x01, 0x01))).toBe('format');
  });
});
