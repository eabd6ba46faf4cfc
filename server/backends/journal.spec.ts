import { JournaledEvent, type StreamPosition } from '@creative-autogpt/protocol';
import * as v from 'valibot';
import { describeOnEachBackend } from '../testing/backends';
import type { Journal, JournalEntry } from '../realtime/journal';
import { NOVEL, PLAN } from '../testing/sample-work';
import { GRACE, useStore } from '../testing/store-under-test';

const HOUR_MS = 3_600_000;

describeOnEachBackend('The journal', (kind) => {
  const opened = useStore(kind, { retention: { maxEvents: 5, maxAgeHours: 24 } });
  const journal = (): Journal => opened().store.journal;

  const createSessions = async (count: number, store = opened().store): Promise<void> => {
    for (let made = 0; made < count; made += 1) {
      await store.createSession(NOVEL);
    }
  };
  const readAll = (): Promise<readonly JournalEntry[]> => journal().read(0, 1000);
  const offsetsOf = (entries: readonly JournalEntry[]): number[] => entries.map(({ offset }) => offset);
  const trim = async (): Promise<void> => {
    while (await opened().stores.trim());
  };

  it('is at 0 before the first event', async () => {
    expect(await journal().end()).toEqual({ epoch: jasmine.any(String), offset: 0 });
  });

  it('numbers events without a hole', async () => {
    await opened().planNovel();

    expect(offsetsOf(await readAll())).toEqual([1, 2, 3, 4, 5]);
    expect((await journal().end()).offset).toBe(5);
  });

  it('keeps events as they were published', async () => {
    await createSessions(2);
    const entries = await readAll();

    expect(entries.map(({ json }) => v.parse(JournaledEvent, JSON.parse(json)))).toEqual(opened().published);
    expect<unknown[]>(entries.map(({ subject }) => subject)).toEqual(
      opened().published.map((event) => event.session_id),
    );
  });

  it('gives the number of a change that failed to the next', async () => {
    const { id } = await opened().planNovel();
    const secondPlan = opened().store.change(id, (work) => {
      work.rename('in between');
      work.plan(PLAN);
    });
    await expectAsync(secondPlan).toBeRejectedWithError(/has a plan already/);
    await createSessions(1);

    expect(offsetsOf(await readAll()).at(-1)).toBe(6);
  });

  it('is read in steps', async () => {
    await createSessions(5);
    const steps = await Promise.all([0, 2, 4, 5].map((after) => journal().read(after, 2)));

    expect(steps.map(offsetsOf)).toEqual([[1, 2], [3, 4], [5], []]);
  });

  it('drops its oldest events when there are too many', async () => {
    await createSessions(8);
    await trim();

    expect(offsetsOf(await readAll())).toEqual([4, 5, 6, 7, 8]);
  });

  it('drops events that are too old', async () => {
    await createSessions(2);
    opened().clock.advance(25 * HOUR_MS);
    await createSessions(1);
    await trim();

    expect(offsetsOf(await readAll())).toEqual([3]);
  });

  it('goes on with its numbers when all of its events were too old', async () => {
    await createSessions(2);
    opened().clock.advance(25 * HOUR_MS);
    await trim();
    await createSessions(1);

    expect(offsetsOf(await readAll())).toEqual([3]);
  });

  it('says that there is nothing to drop where there is not', async () => {
    await createSessions(5);

    expect(await opened().stores.trim()).toBeFalse();
  });

  it('S23: counts for each owner apart', async () => {
    await createSessions(2);
    await createSessions(1, opened().stores.of(GRACE));

    expect((await journal().end()).offset).toBe(2);
    expect(offsetsOf(await opened().stores.of(GRACE).journal.read(0, 10))).toEqual([1]);
  });

  it('S23: drops of each owner apart', async () => {
    await createSessions(3, opened().stores.of(GRACE));
    await createSessions(8);
    await trim();

    expect(offsetsOf(await readAll())).toHaveSize(5);
    expect(offsetsOf(await opened().stores.of(GRACE).journal.read(0, 10))).toEqual([1, 2, 3]);
  });

  it("S23: reaches back to no position in another owner's journal, nor after the stores are opened again", async () => {
    await createSessions(2);
    await createSessions(2, opened().stores.of(GRACE));
    const mine = await journal().end();
    const another = await opened().stores.of(GRACE).journal.end();
    const crossed = (): Promise<boolean[]> =>
      Promise.all([journal().reachesBackTo(another), opened().stores.of(GRACE).journal.reachesBackTo(mine)]);
    const before = await crossed();
    await opened().reopen();

    expect([before, await crossed()]).toEqual([
      [false, false],
      [false, false],
    ]);
  });

  it('S13: goes on in the same epoch when the stores are opened again', async () => {
    await createSessions(2);
    const end = await journal().end();
    await opened().reopen();

    expect(await journal().end()).toEqual(end);
  });

  describe('reaches back', () => {
    const reaches = async (...offsets: number[]): Promise<boolean[]> => {
      const { epoch } = await journal().end();
      return Promise.all(offsets.map((offset) => journal().reachesBackTo({ epoch, offset })));
    };

    it('S13: to the position before its first event', async () => {
      expect(await reaches(0)).toEqual([true]);
    });

    it('S13: to any of its events', async () => {
      await createSessions(2);

      expect(await reaches(0, 1, 2)).toEqual([true, true, true]);
    });

    it('S14: not into the future', async () => {
      await createSessions(2);

      expect(await reaches(3)).toEqual([false]);
    });

    it('S14: not into another epoch', async () => {
      await createSessions(2);
      const another: StreamPosition = { epoch: 'another', offset: 1 };

      expect(await journal().reachesBackTo(another)).toBeFalse();
    });

    it('S14: not to before what was dropped', async () => {
      await createSessions(8);
      await trim();

      expect(await reaches(2, 3)).toEqual([false, true]);
    });

    it('S13: to its end when everything was dropped, and no further', async () => {
      await createSessions(2);
      opened().clock.advance(25 * HOUR_MS);
      await trim();

      expect(await reaches(1, 2)).toEqual([false, true]);
    });
  });
});
