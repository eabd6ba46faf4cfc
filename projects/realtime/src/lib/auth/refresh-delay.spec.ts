import * as fc from 'fast-check';
import { refreshDelay } from './refresh-delay';

describe('refreshDelay', () => {
  it('asks a while before the token expires, however long it lives', () => {
    expect(refreshDelay(365 * 24 * 3_600_000, 60_000)).toBe(365 * 24 * 3_600_000 - 60_000);
  });

  it('never asks more than once a second', () => {
    expect(refreshDelay(10, 60_000)).toBe(1_000);
  });

  it('knows no time for a token that has expired, or whose expiry is not a number', () => {
    expect(refreshDelay(0, 60_000)).toBeNull();
    expect(refreshDelay(NaN, 60_000)).toBeNull();
  });

  it('asks before the token expires, whenever it lives for more than a second', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1_001 }), fc.nat(), (remaining, before) => {
        const delay = refreshDelay(remaining, before);
        return delay !== null && delay <= remaining && delay >= remaining / 2;
      }),
    );
    expect().nothing();
  });
});
