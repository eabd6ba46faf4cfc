import { ServiceError } from '../domain/service-error';
import { describeOnEachBackend } from '../testing/backends';
import type { Store } from '../ports/store';
import { NOVEL } from '../testing/sample-work';
import { GRACE, useStore } from '../testing/store-under-test';

describeOnEachBackend('S23: What is another owner’s', (kind) => {
  const opened = useStore(kind, { quota: { maxSessions: 1 } });
  let graces: Store;
  let id: string;
  let outline: string;
  beforeEach(async () => {
    ({ id, outline } = await opened().planNovel());
    graces = opened().stores.of(GRACE);
  });

  for (const [method, call] of Object.entries<(store: Store, id: string) => Promise<unknown>>({
    findSession: (store, sessionId) => store.findSession(sessionId),
    snapshot: (store, sessionId) => store.snapshot(sessionId),
    change: (store, sessionId) => store.change(sessionId, (work) => work.rename('mine')),
    deleteSession: (store, sessionId) => store.deleteSession(sessionId),
    progressOf: (store, sessionId) => store.progressOf(sessionId),
    tasksOf: (store, sessionId) => store.tasksOf(sessionId),
    listTasks: (store, sessionId) => store.listTasks({ page: 1, pageSize: 1, sessionId }),
  })) {
    it(`is an unknown session to ${method}`, async () => {
      await expectAsync(call(graces, id)).toBeRejectedWith(
        new ServiceError('unknown_session', `There is no session ${id}.`),
      );
    });
  }

  it('is an unknown session to a command with an id', async () => {
    const { answer } = await graces.once({ id: 'c1', command: 'stop', sessionId: id }, (work) => {
      work.rename('mine');
    });

    expect(answer).toEqual({
      ok: false,
      error: { code: 'unknown_session', message: `There is no session ${id}.` },
    });
  });

  it('is an unknown task', async () => {
    await expectAsync(graces.findTask(outline)).toBeRejectedWith(
      new ServiceError('unknown_task', `There is no task ${outline}.`),
    );
  });

  it('is in no list and no count', async () => {
    expect(await graces.listSessions({ page: 1, pageSize: 9 })).toEqual({ items: [], total: 0 });
    expect(await graces.listTasks({ page: 1, pageSize: 9 })).toEqual({ items: [], total: 0 });
    expect((await graces.overview()).tasks.total).toBe(0);
  });

  it('is published to nobody else', async () => {
    await graces.createSession(NOVEL);

    expect(opened().published).toEqual([]);
  });

  it('takes no room from others', async () => {
    await expectAsync(graces.createSession(NOVEL)).toBeResolved();
  });

  it('is as it was after others tried to change it', async () => {
    const before = await opened().store.findSession(id);
    await expectAsync(graces.change(id, (work) => work.rename('mine'))).toBeRejected();
    await expectAsync(graces.deleteSession(id)).toBeRejected();

    expect(await opened().store.findSession(id)).toEqual(before);
  });
});
