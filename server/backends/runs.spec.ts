import { describeOnEachBackend } from '../testing/backends';
import type { Work } from '../domain/work';
import type { Store } from '../ports/store';
import { NOVEL } from '../testing/sample-work';
import { ADA, GRACE, useStore } from '../testing/store-under-test';
import { complete, startAndPause } from '../testing/work-steps';

describeOnEachBackend('What the stores say of runs', (kind) => {
  const opened = useStore(kind);
  let store: Store;
  beforeEach(() => {
    ({ store } = opened());
  });

  /** @returns the number of its launch */
  const launch = (sessionId: string, of = store): Promise<number | null> =>
    of.change(sessionId, (work) => {
      work.start();
      return work.launch;
    });
  const toBeRun = async (): Promise<string[]> =>
    (await opened().stores.toBeRun()).map(({ sessionId }) => sessionId);

  it('a session that was launched is to be run', async () => {
    const { id } = await opened().planNovel();
    const launched = await launch(id);

    expect<unknown>(await opened().stores.toBeRun()).toEqual([
      { owner: ADA, sessionId: id, launch: launched },
    ]);
  });

  it('it is to be run by the next process, too, under the name of its launch', async () => {
    const { id } = await opened().planNovel();
    await launch(id);
    await store.change(id, (work) => work.claimRun(work.launch ?? -1, 'process-1'));
    const before = await opened().stores.toBeRun();
    await opened().reopen();

    expect(before).toHaveSize(1);
    expect(await opened().stores.toBeRun()).toEqual(before);
  });

  it('sessions of all owners are to be run', async () => {
    const ours = await store.createSession(NOVEL);
    const graces = opened().stores.of(GRACE);
    const theirs = await graces.createSession(NOVEL);
    await launch(ours.id);
    await launch(theirs.id, graces);

    expect(await toBeRun()).toEqual(jasmine.arrayWithExactContents([ours.id, theirs.id]));
  });

  it('a session that was not started is not to be run', async () => {
    await opened().planNovel();

    expect(await toBeRun()).toEqual([]);
  });

  for (const [status, end] of Object.entries<(work: Work) => void>({
    paused: (work) => work.pause(),
    stopped: (work) => work.stop(),
    completed: complete,
    failed: (work) => work.giveUp({ error: 'no model', code: 'author_not_found' }),
  })) {
    it(`a session that is ${status} is not to be run`, async () => {
      const { id } = await opened().planNovel();
      await launch(id);
      await store.change(id, end);

      expect((await store.findSession(id)).status).toBe(status);
      expect(await toBeRun()).toEqual([]);
    });
  }

  it('a session that was deleted is not to be run', async () => {
    const { id } = await opened().planNovel();
    await launch(id);
    await store.deleteSession(id);

    expect(await toBeRun()).toEqual([]);
  });

  it('a run that a change ends is over, with all before it', async () => {
    const { id } = await opened().planNovel();
    await launch(id);
    const run = await store.change(id, (work) => work.claimRun(work.launch ?? -1, 'process-1'));
    opened().endedRuns.length = 0;
    await store.change(id, (work) => {
      work.pause();
    });

    expect(opened().endedRuns).toEqual([{ sessionId: id, run: run + 1 }]);
  });

  it('a run that a command with an id ends is over', async () => {
    const { id } = await opened().planNovel();
    await launch(id);
    opened().endedRuns.length = 0;
    await store.once({ id: 'c1', command: 'pause', sessionId: id }, (work) => {
      work.pause();
    });

    expect(opened().endedRuns.map(({ sessionId }) => sessionId)).toEqual([id]);
  });

  it('no run of a deleted session goes on, whatever its number', async () => {
    const { id } = await opened().planNovel();
    await store.deleteSession(id);

    expect(opened().endedRuns).toHaveSize(1);
    expect(opened().endedRuns[0]?.run).toBeGreaterThan(Number.MAX_SAFE_INTEGER - 1);
  });

  it('no run is over because of a change that was refused', async () => {
    const { id } = await opened().planNovel();
    const refused = store.change(id, (work) => {
      startAndPause(work);
      throw new Error('refused');
    });

    await expectAsync(refused).toBeRejected();
    expect(opened().endedRuns).toEqual([]);
  });
});
