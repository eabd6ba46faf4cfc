import { AuthorError } from '../author';
import { askedWait, Patience } from './patience';

describe('Patience', () => {
  const limited = new AuthorError('429', 'author_limited');

  it('waits longer each time, and gives up after its time in all', () => {
    const patience = new Patience({ firstWait: 1000, longestWait: 4000, total: 15_000 });
    const waits = Array.from({ length: 7 }, () => patience.waitAfter(limited, undefined)?.ms);

    expect(waits).toEqual([1000, 2000, 4000, 4000, 4000, undefined, undefined]);
  });

  it('begins anew once there is text', () => {
    const patience = new Patience({ firstWait: 1000, total: 1000 });
    patience.waitAfter(limited, undefined);
    patience.restore();

    expect(patience.waitAfter(limited, undefined)?.ms).toBe(1000);
  });

  it('waits as long as the endpoint asks for, also where that is longer than its own time', () => {
    const patience = new Patience({ total: 1000 });

    expect(patience.waitAfter(limited, 1_800_000)).toEqual({ reason: 'limited', ms: 1_800_000 });
    expect(patience.waitAfter(limited, 1_800_000)).toBeUndefined();
  });

  it('does not wait for hours', () => {
    expect(new Patience().waitAfter(limited, 3_600_001)).toBeUndefined();
  });

  it('does not wait for what does not pass by itself', () => {
    expect(new Patience().waitAfter(new AuthorError('401', 'author_unauthorized'), 10)).toBeUndefined();
  });
});

describe('askedWait', () => {
  const asked = (headers: Record<string, string>): number | undefined => askedWait(new Headers(headers));

  it('reads seconds, milliseconds and dates', () => {
    expect(asked({ 'retry-after': '2' })).toBe(2000);
    expect(asked({ 'retry-after-ms': '20', 'retry-after': '1' })).toBe(20);
    expect(asked({ 'retry-after': 'Fri, 31 Dec 9999 23:59:59 GMT' })).toBeGreaterThan(1e12);
  });

  it('takes what is no time for nothing', () => {
    for (const value of ['soon', '-5', '', 'Mon, 01 Jan 2001 00:00:00 GMT']) {
      expect(asked({ 'retry-after': value }))
        .withContext(value)
        .toBeUndefined();
    }
  });
});
