import { JournaledEvent } from '@creative-autogpt/protocol';
import * as v from 'valibot';
import { NOVEL, PLAN } from '../testing/sample-work';
import { useStore } from '../testing/store-under-test';
import type { Announcement, JournalEntry } from './journal';

const HOUR_MS = 3_600_000;

describe('The journal', () => {
  const opened = useStore({ maxEvents: 5, maxAgeHours: 24 });

  const createSessions = (count: number): void => {
    for (let made = 0; made < count; made += 1) {
      opened().store.createSession(NOVEL);
    }
  };
  const readAll = (): Promise<readonly JournalEntry[]> => opened().store.journal.read(0, 1000);
  const offsetsOf = (entries: readonly JournalEntry[]): number[] => entries.map(({ offset }) => offset);

  it('is at 0 before the first event', () => {
    expect(opened().store.journal.end).toEqual({ epoch: jasmine.any(String), offset: 0 });
  });

  it('numbers what is announced without a hole, and keeps it as it was announced', async () => {
    const announced: Announcement[] = [];
    opened().store.announcements.subscribe((announcement) => announced.push(announcement));
    opened().planNovel();

    const entries = await readAll();

    expect(offsetsOf(entries)).toEqual([1, 2, 3, 4, 5]);
    expect(entries).toEqual(announced.map(({ offset, sessionId, json }) => ({ offset, sessionId, json })));
    expect(entries.map(({ json }) => v.parse(JournaledEvent, JSON.parse(json)))).toEqual(
      announced.map(({ event }) => event),
    );
  });

  it('gives the number of a change that failed to the next', async () => {
    const { id } = opened().planNovel();

    expect(() => opened().store.planSession(id, PLAN)).toThrowError(/has a plan already/);
    createSessions(1);

    expect(offsetsOf(await readAll()).at(-1)).toBe(6);
  });

  it('is read in steps', async () => {
    createSessions(5);
    const { journal } = opened().store;

    expect(offsetsOf(await journal.read(0, 2))).toEqual([1, 2]);
    expect(offsetsOf(await journal.read(2, 2))).toEqual([3, 4]);
    expect(offsetsOf(await journal.read(4, 2))).toEqual([5]);
    expect(await journal.read(5, 2)).toEqual([]);
  });

  it('drops its oldest events when there are too many', async () => {
    createSessions(8);

    expect(opened().store.trim()).toBeFalse();
    expect(offsetsOf(await readAll())).toEqual([4, 5, 6, 7, 8]);
  });

  it('drops events that are too old, but never the newest', async () => {
    createSessions(2);
    opened().clock.advance(25 * HOUR_MS);
    createSessions(1);
    opened().store.trim();
    const young = offsetsOf(await readAll());
    opened().clock.advance(25 * HOUR_MS);
    opened().store.trim();
    createSessions(1);

    expect(young).toEqual([3]);
    expect(offsetsOf(await readAll())).toEqual([3, 4]);
  });

  it('is trimmed in steps, and says whether there is more', () => {
    createSessions(510);

    expect(opened().store.trim()).toBeTrue();
    expect(opened().store.trim()).toBeFalse();
  });

  describe('reaches back', () => {
    const reaches = (offset: number, epoch = opened().store.journal.end.epoch): boolean =>
      opened().store.journal.reachesBackTo({ epoch, offset });

    it('to the position before its first event, and to its end', () => {
      expect(reaches(0)).toBeTrue();
      createSessions(2);

      expect([reaches(0), reaches(1), reaches(2)]).toEqual([true, true, true]);
    });

    it('S14: not into the future', () => {
      createSessions(2);

      expect(reaches(3)).toBeFalse();
    });

    it('S14: not into another epoch', () => {
      createSessions(2);

      expect(reaches(1, 'another')).toBeFalse();
    });

    it('S14: not to before what was dropped', () => {
      createSessions(8);
      opened().store.trim();

      expect([reaches(2), reaches(3)]).toEqual([false, true]);
    });
  });
});
