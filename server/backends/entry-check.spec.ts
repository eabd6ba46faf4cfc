import type { JournalEntry } from '../realtime/journal';
import { EntryCheck } from './entry-check';

const SOUND = JSON.stringify({ event: 'session.deleted', session_id: 'session-1' });

const entry = (offset: number, json = SOUND): JournalEntry => ({ offset, subject: 'session-1', json });
const entries = (from: number, to: number): JournalEntry[] =>
  Array.from({ length: to - from + 1 }, (_, index) => entry(from + index));

describe('EntryCheck', () => {
  let check: EntryCheck;
  let parsed: jasmine.Spy;
  beforeEach(() => {
    check = new EntryCheck();
    parsed = spyOn(JSON, 'parse').and.callThrough();
  });

  /** How many entries it looks at. */
  const looks = (read: readonly JournalEntry[]): number => {
    parsed.calls.reset();
    check.lastDamaged(read);
    return parsed.calls.count();
  };

  it('finds the last that is damaged', () => {
    const damaged = entry(3, '{"event":');

    expect(check.lastDamaged([...entries(1, 2), damaged, entry(4)])).toBe(damaged);
    expect(check.lastDamaged(entries(4, 9))).toBeUndefined();
  });

  it('finds what is JSON and no event', () => {
    for (const json of [
      'null',
      '[]',
      '{}',
      '{"event":"session.deleted"}',
      '{"event":"ping","session_id":"s"}',
    ]) {
      expect(check.lastDamaged([entry(1, json)]))
        .withContext(json)
        .toBeDefined();
    }
  });

  it('looks at each entry once, in whatever steps they are read', () => {
    expect(looks(entries(10, 19))).toBe(10);
    expect(looks(entries(12, 15))).toBe(0);
    expect(looks(entries(15, 24))).toBe(5);
    expect(looks(entries(5, 12))).toBe(5);
    expect(looks(entries(5, 24))).toBe(0);
  });

  it('takes nothing between two parts of the journal for known', () => {
    looks(entries(1, 3));
    looks(entries(8, 9));

    expect(looks(entries(4, 7))).toBe(4);
  });
});
