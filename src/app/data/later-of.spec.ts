import { laterOf } from './later-of';

describe('laterOf', () => {
  const at = (updated_at: string) => ({ updated_at });

  it('takes an answer about something unknown', () => {
    expect(laterOf(undefined, at('2026-01-01T00:00:00Z'))).toEqual(at('2026-01-01T00:00:00Z'));
  });

  it('keeps what changed after the answer was read, whatever way the times are written', () => {
    const known = at('2026-01-01T00:00:00.500Z');

    expect(laterOf(known, at('2026-01-01T00:00:00Z'))).toBe(known);
  });

  it('takes an answer that is as new as what is known', () => {
    const answer = at('2026-01-01T00:00:00Z');

    expect(laterOf(at('2026-01-01T00:00:00.000Z'), answer)).toBe(answer);
  });
});
