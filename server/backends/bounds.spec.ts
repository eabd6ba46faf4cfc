import { ServiceError } from '../domain/service-error';
import { describeOnEachBackend } from '../testing/backends';
import type { NamedCommand } from '../ports/store';
import { NOVEL, OUTCOME } from '../testing/sample-work';
import { ADA, GRACE, type StoreUnderTest, useStore } from '../testing/store-under-test';

const FIRST_ATTEMPT = { retry: false, rewrite: false };
/** Its session, and the event that tells of it, have 1,000 bytes and some hundreds more. */
const LONG = { ...NOVEL, goal: { mood: 'r'.repeat(1000) } };

async function createLong(opened: StoreUnderTest, count: number, owner = ADA): Promise<string[]> {
  const ids: string[] = [];
  for (let made = 0; made < count; made += 1) {
    ids.push((await opened.stores.of(owner).createSession(LONG)).id);
  }
  return ids;
}

async function trim({ stores }: StoreUnderTest): Promise<void> {
  while (await stores.trim());
}

describeOnEachBackend('What an owner takes', (kind) => {
  const opened = useStore(kind, { retention: { maxEvents: 8 }, answerRetention: { maxAnswers: 2 } });

  it('is kept by each change as an opening counts it', async () => {
    const { store, stores, place } = opened();
    const [{ id: kept }, { id: deleted }] = [await opened().planNovel(), await opened().planNovel()];
    for (const id of [kept, deleted]) {
      await store.change(id, (work) => {
        work.start();
        work.finish(work.beginNext()?.task.task_id ?? '', OUTCOME);
        work.interrupt(work.beginNext()?.task.task_id ?? '', '潮声');
        work.giveFeedback('更暗一些 😀', null);
        work.rename('潮汐');
      });
      await store.once({ id, command: 'stop', sessionId: id }, (work) => {
        work.stop();
      });
      await store.once({ id: `${id} again`, command: 'stop', sessionId: id }, (work) => {
        work.stop();
      });
    }
    await stores.of(GRACE).createSession(NOVEL);
    await store.deleteSession(deleted);
    await trim(opened());
    const totals = await place.totals(ADA);
    await place.forgetTotals(ADA);
    await opened().reopen();
    const counted = await place.totals(ADA);

    expect(totals.workBytes).toBeGreaterThan(1000);
    expect([totals.workBytes, totals.journalBytes]).toEqual([counted.workBytes, counted.journalBytes]);
  });

  it('is nothing once all of it was deleted', async () => {
    const { store, place } = opened();
    const { id, outline } = await opened().planNovel();
    await store.change(id, (work) => {
      work.begin(outline, FIRST_ATTEMPT);
      work.finish(outline, OUTCOME);
    });
    await store.deleteSession(id);

    expect((await place.totals(ADA)).workBytes).toBe(0);
  });
});

describeOnEachBackend('A journal bounded in bytes', (kind) => {
  const opened = useStore(kind, { retention: { maxBytes: 10_000 } });
  const read = () => opened().store.journal.read(0, 1000);
  const bytesOf = async (): Promise<number> =>
    (await read()).reduce((sum, { json }) => sum + Buffer.byteLength(json), 0);

  it('drops its oldest events until the rest is not too large', async () => {
    await createLong(opened(), 8);
    await trim(opened());
    const entries = await read();

    expect(await bytesOf()).toBeLessThanOrEqual(10_000);
    expect(entries.length).toBeGreaterThan(4);
    expect(entries.map(({ offset }) => offset)).toEqual(
      entries.map((_, index) => 9 - entries.length + index),
    );
  });

  it('is never larger than by a quarter, also where nothing trims it', async () => {
    const sizes: number[] = [];
    for (let made = 0; made < 40; made += 1) {
      await createLong(opened(), 1);
      sizes.push(await bytesOf());
    }

    expect(Math.max(...sizes)).toBeLessThanOrEqual(12_500);
    expect(await bytesOf()).toBe((await opened().place.totals(ADA)).journalBytes);
  });

  it('S14: does not reach back to what it dropped', async () => {
    const { journal } = opened().store;
    const { epoch } = await journal.end();
    await createLong(opened(), 40);

    expect(await journal.reachesBackTo({ epoch, offset: 0 })).toBeFalse();
    expect(await journal.reachesBackTo({ epoch, offset: 39 })).toBeTrue();
  });

  it('keeps the events of a change until the next, however large they are', async () => {
    await createLong(opened(), 1);
    await opened().store.createSession({ ...NOVEL, goal: { mood: 'r'.repeat(50_000) } });

    expect((await read()).map(({ offset }) => offset)).toEqual([2]);
  });

  it('S23: drops of each owner apart', async () => {
    await createLong(opened(), 2, GRACE);
    await createLong(opened(), 40);
    await trim(opened());

    expect(await opened().stores.of(GRACE).journal.read(0, 10)).toHaveSize(2);
  });
});

describeOnEachBackend('A quota in bytes', (kind) => {
  const opened = useStore(kind, { quota: { maxBytes: 5000 } });
  const refusal = new ServiceError(
    'limit_reached',
    'As much is stored as one owner may have: delete sessions that are not needed any more, then try again.',
  );

  it('refuses a session that would be too much, and takes it once there is room', async () => {
    const { store } = opened();
    const [oldest = ''] = await createLong(opened(), 3);
    await expectAsync(store.createSession(LONG)).toBeRejectedWith(refusal);
    await store.deleteSession(oldest);

    await expectAsync(store.createSession(LONG)).toBeResolved();
  });

  it('lets the running task end, then fails the session, and goes on once there is room', async () => {
    const { store } = opened();
    const { id, outline } = await opened().planNovel();
    const launch = await store.change(id, (work) => {
      work.start();
      work.claimRun(work.launch ?? 0, 'process-1');
      work.beginNext();
      return work.launch;
    });
    const other = await store.createSession(LONG);
    await store.change(id, (work) => work.finish(outline, { ...OUTCOME, result: '潮'.repeat(600) }));
    const begun = await store.change(id, (work) => work.beginNext());
    const failed = await store.findSession(id);
    await expectAsync(
      store.change(id, (work) => {
        work.steer({ event: 'start' });
      }),
    ).toBeRejectedWith(refusal);
    await store.deleteSession(other.id);
    await store.change(id, (work) => {
      work.steer({ event: 'start' });
    });

    expect([launch === null, begun]).toEqual([false, null]);
    expect([failed.status, failed.error_code, failed.completed_tasks]).toEqual([
      'failed',
      'limit_reached',
      1,
    ]);
    expect((await store.findSession(id)).status).toBe('running');
  });

  it('S23: counts of each owner apart', async () => {
    await createLong(opened(), 3);

    await expectAsync(opened().stores.of(GRACE).createSession(LONG)).toBeResolved();
  });
});

describeOnEachBackend('Answers to commands', (kind) => {
  const opened = useStore(kind, { answerRetention: { maxAnswers: 3, maxBytes: 100_000 } });
  const commandsOf = async (count: number): Promise<NamedCommand[]> => {
    const { id: sessionId } = await opened().store.createSession(NOVEL);
    return Array.from({ length: count }, (_, index) => ({ id: `c${index}`, command: 'pause', sessionId }));
  };
  const once = (command: NamedCommand) =>
    opened().store.once(command, (work) => {
      work.steer({ event: 'pause' });
    });

  it('are forgotten, oldest first, when there are too many, refusals like others', async () => {
    const commands = await commandsOf(5);
    for (const command of commands) {
      await once(command);
    }
    const again = [];
    for (const command of [...commands].reverse()) {
      again.push((await once(command)).isRepeated);
    }

    expect(again).toEqual([true, true, true, false, false]);
  });

  it('take as little of a long command as of a short', async () => {
    const [command] = await commandsOf(1);
    if (command !== undefined) {
      await once({ ...command, command: 'p'.repeat(60_000) });
    }
    const { answerBytes } = await opened().place.totals(ADA);

    expect(answerBytes).toBeGreaterThan(0);
    expect(answerBytes).toBeLessThan(500);
  });

  it('are counted no longer once they are too old', async () => {
    for (const command of await commandsOf(3)) {
      await once(command);
    }
    opened().clock.advance(25 * 3_600_000);
    await trim(opened());

    expect((await opened().place.totals(ADA)).answerBytes).toBe(0);
  });
});

describeOnEachBackend('Answers to commands bounded in bytes', (kind) => {
  const opened = useStore(kind, { answerRetention: { maxBytes: 1000 } });

  it('are forgotten, oldest first, when they are too large together', async () => {
    const { store } = opened();
    const { id: sessionId } = await store.createSession(NOVEL);
    const once = (id: string) => store.once({ id, command: 'pause', sessionId }, () => undefined);
    for (let number = 0; number < 30; number += 1) {
      await once(`c${number}`);
    }
    const { answerBytes } = await opened().place.totals(ADA);

    expect(answerBytes).toBeLessThanOrEqual(1000);
    expect([(await once('c29')).isRepeated, (await once('c0')).isRepeated]).toEqual([true, false]);
  });
});
