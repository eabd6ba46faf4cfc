import { describeOnEachBackend } from '../testing/backends';
import { OUTCOME } from '../testing/sample-work';
import { useStore } from '../testing/store-under-test';

describeOnEachBackend('S9: Stores that are opened again', (kind) => {
  const opened = useStore(kind);

  it('have every session, task and text', async () => {
    const { id, outline } = await opened().planNovel();
    await opened().store.change(id, (work) => work.begin(outline, { retry: false, rewrite: false }));
    await opened().store.change(id, (work) => work.finish(outline, OUTCOME));
    await opened().store.change(id, (work) => work.giveFeedback('darker', outline));
    const session = await opened().store.findSession(id);
    const tasks = await opened().store.tasksOf(id);
    await opened().reopen();

    expect(await opened().store.findSession(id)).toEqual(session);
    expect(await opened().store.tasksOf(id)).toEqual(tasks);
  });

  it('have every event that was published', async () => {
    await opened().planNovel();
    const entries = await opened().store.journal.read(0, 100);
    await opened().reopen();

    expect(entries).toHaveSize(5);
    expect(await opened().store.journal.read(0, 100)).toEqual(entries);
  });

  it('publish what happens from then on', async () => {
    const { id } = await opened().planNovel();
    await opened().reopen();
    await opened().store.change(id, (work) => {
      work.start();
    });

    expect(opened().news).toEqual(['session.update running 0/2']);
  });

  it('have what was asked for when they were closed, or refused it', async () => {
    const { id } = await opened().planNovel();
    const asked = opened().store.change(id, (work) => work.rename('潮汐之下'));
    const answered = asked.then(
      () => true,
      () => false,
    );
    await opened().reopen();
    const isDone = (await opened().store.findSession(id)).title === '潮汐之下';

    expect(isDone).toBe(await answered);
  });

  it('can be written to', async () => {
    await expectAsync(opened().stores.check()).toBeResolved();
  });
});
