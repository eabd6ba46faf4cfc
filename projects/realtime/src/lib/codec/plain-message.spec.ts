import * as fc from 'fast-check';
import type { RealtimeMessage } from '../realtime-message';
import { plainMessage } from './plain-message';

class Amount {
  readonly #secret = 1;
  readonly currency = 'EUR';

  constructor(readonly cents: number) {}

  get secret(): number {
    return this.#secret;
  }
}

class Instant {
  toJSON(): string {
    return '2026-01-23T00:00:00Z';
  }
}

describe('plainMessage', () => {
  const dataOf = (data: unknown): unknown => plainMessage({ event: 'a', data })['data'];

  it('reduces objects to their own fields', () => {
    const reduced = dataOf(new Amount(5));

    expect(reduced).toEqual({ cents: 5, currency: 'EUR' });
    expect(Object.getPrototypeOf(reduced)).toBe(Object.prototype);
  });

  it('calls toJSON() once, with the name of the field', () => {
    const keys: unknown[] = [];
    const self = {
      toJSON(key: unknown) {
        keys.push(key);
        return self;
      },
    };

    expect(dataOf({ instant: new Instant(), list: [new Instant()] })).toEqual({
      instant: '2026-01-23T00:00:00Z',
      list: ['2026-01-23T00:00:00Z'],
    });
    expect(dataOf({ self })).toEqual({ self: {} });
    expect(keys).toEqual(['self']);
  });

  it('leaves out what is undefined, a function or a symbol, and has null for it in lists', () => {
    const data = { kept: null, gone: undefined, call: () => 1, symbol: Symbol('s') };

    expect(JSON.stringify(dataOf(data))).toBe('{"kept":null}');
    expect(dataOf(data)).toEqual({ kept: null });
    expect(dataOf(Object.values(data))).toEqual([null, null, null, null]);
  });

  it('keeps what codecs may have a form for', () => {
    const kept = {
      bytes: Uint8Array.of(1, 2),
      numbers: Float32Array.of(1.5),
      buffer: new ArrayBuffer(2),
      date: new Date(0),
      map: new Map([[1, 'a']]),
      set: new Set([1]),
      big: 1n,
      notANumber: NaN,
    };

    expect(dataOf(kept)).toEqual(kept);
  });

  it('does not see what becomes of the original', () => {
    const bytes = Uint8Array.of(1);
    const original = { list: [1], bytes };
    const copy = dataOf(original);
    original.list.push(2);
    bytes[0] = 2;

    expect(copy).toEqual({ list: [1], bytes: Uint8Array.of(1) });
  });

  it('copies bytes without the rest of their buffer', () => {
    const bytes = dataOf(new Uint8Array(1_000).subarray(10, 12));

    expect(bytes instanceof Uint8Array && bytes.buffer.byteLength).toBe(2);
  });

  it('keeps a field that is named like the prototype a field', () => {
    const data: unknown = JSON.parse('{"__proto__": {"admin": true}}');

    expect(JSON.stringify(dataOf(data))).toBe('{"__proto__":{"admin":true}}');
  });

  it('writes one object in two places twice', () => {
    const shared = { a: 1 };

    expect(dataOf([shared, shared])).toEqual([{ a: 1 }, { a: 1 }]);
  });

  it('has null for a date that is none, as JSON has', () => {
    expect(dataOf([new Date(NaN)])).toEqual([null]);
  });

  it('refuses circular references, and what is no message any more', () => {
    const circular: unknown[] = [];
    circular.push({ circular });
    const noMessage: RealtimeMessage = { event: 'a', toJSON: () => 'a' };

    expect(() => dataOf(circular)).toThrowError(TypeError, /Circular/);
    expect(() => plainMessage(noMessage)).toThrowError(TypeError, /no message/);
  });

  it('says in JSON what the original says', () => {
    const message = fc.record({
      event: fc.string(),
      data: fc.object({ withDate: true, withNullPrototype: true }),
    });

    fc.assert(
      fc.property(message, (original) => {
        expect(JSON.stringify(plainMessage(original))).toBe(JSON.stringify(original));
      }),
    );
  });

  it('is the same after any number of copies', () => {
    const message = fc.record({
      event: fc.string(),
      data: fc.object({
        withDate: true,
        withTypedArray: true,
        withBigInt: true,
      }),
    });

    fc.assert(
      fc.property(message, (original) => {
        const once = plainMessage(original);
        expect(plainMessage(structuredClone(once))).toEqual(once);
      }),
    );
  });
});
