import { ServiceError } from '../domain/service-error';
import { describeOnEachBackend } from '../testing/backends';
import type { Store } from '../ports/store';
import { NOVEL } from '../testing/sample-work';
import { useStore } from '../testing/store-under-test';
import { startAndPause } from '../testing/work-steps';

describeOnEachBackend('A store of sessions', (kind) => {
  const opened = useStore(kind, { quota: { maxSessions: 5 } });
  let store: Store;
  beforeEach(() => {
    ({ store } = opened());
  });

  const createTitled = async (...titles: string[]): Promise<string[]> => {
    const ids: string[] = [];
    for (const title of titles) {
      ids.push((await store.createSession({ ...NOVEL, title })).id);
    }
    return ids;
  };

  it('creates one that is stamped with the time, in UTC', async () => {
    const session = await store.createSession(NOVEL);

    expect(session).toEqual(
      jasmine.objectContaining({
        title: '星海拾遗',
        status: 'created',
        goal: NOVEL.goal,
        config: NOVEL.config,
        created_at: '2026-11-22T13:00:00.000Z',
        completed_at: null,
        total_tasks: 0,
        is_rewriting: false,
        rewrite_task_id: null,
        feedback: [],
      }),
    );
  });

  it('publishes the creation of a session', async () => {
    const session = await store.createSession(NOVEL);

    expect(opened().published).toEqual([{ event: 'session.update', session_id: session.id, data: session }]);
  });

  it('finds one as it was created', async () => {
    const session = await store.createSession(NOVEL);

    expect(await store.findSession(session.id)).toEqual(session);
  });

  it('keeps fields of goal and config that it does not know', async () => {
    const session = {
      ...NOVEL,
      goal: { ...NOVEL.goal, mood: ['dark', 1] },
      config: { future: { deep: true } },
    };
    const { id } = await store.createSession(session);

    expect(await store.findSession(id)).toEqual(
      jasmine.objectContaining({ goal: session.goal, config: session.config }),
    );
  });

  it('keeps a title of any characters', async () => {
    const title = "a\0b “雾” 😀 \\ ' ; -- \u2028";
    const { id } = await store.createSession({ ...NOVEL, title });

    expect((await store.findSession(id)).title).toBe(title);
  });

  it('S12: forgets a deleted one with its tasks, and publishes that last', async () => {
    const { id, outline } = await opened().planNovel();
    await store.deleteSession(id);

    expect(opened().published).toEqual([{ event: 'session.deleted', session_id: id }]);
    await expectAsync(store.findSession(id)).toBeRejectedWith(unknownSession(id));
    await expectAsync(store.findTask(outline)).toBeRejectedWith(
      new ServiceError('unknown_task', `There is no task ${outline}.`),
    );
  });

  it('S12: counts a deleted one nowhere', async () => {
    const { id } = await opened().planNovel();
    await store.deleteSession(id);

    expect((await store.listSessions({ page: 1, pageSize: 20 })).total).toBe(0);
    expect((await store.listTasks({ page: 1, pageSize: 20 })).total).toBe(0);
    expect((await store.overview()).tasks.total).toBe(0);
  });

  it('lists the newest first, one page at a time, with the total of all pages', async () => {
    await createTitled('一', '二', '三', '四', '五');
    const page = await store.listSessions({ page: 2, pageSize: 2 });

    expect(page.items.map(({ title }) => title)).toEqual(['三', '二']);
    expect(page.total).toBe(5);
  });

  it('lists nothing on a page beyond the last', async () => {
    await createTitled('一');

    expect(await store.listSessions({ page: 9, pageSize: 2 })).toEqual({ items: [], total: 1 });
  });

  it('lists only those with the status that was asked for, newest first', async () => {
    const [first = '', , third = ''] = await createTitled('一', '二', '三');
    for (const id of [third, first]) {
      await store.change(id, startAndPause);
    }
    const page = await store.listSessions({ page: 1, pageSize: 1, status: 'paused' });

    expect(page.items.map(({ id }) => id)).toEqual([third]);
    expect(page.total).toBe(2);
  });

  it('lists one under the status that it has now', async () => {
    const [id = ''] = await createTitled('一');
    await store.change(id, startAndPause);
    await store.change(id, (work) => {
      work.stop();
    });

    expect((await store.listSessions({ page: 1, pageSize: 1, status: 'paused' })).total).toBe(0);
    expect((await store.listSessions({ page: 1, pageSize: 1, status: 'stopped' })).total).toBe(1);
  });

  it('refuses more than one owner may have', async () => {
    await createTitled('一', '二', '三', '四', '五');

    await expectAsync(store.createSession(NOVEL)).toBeRejectedWith(
      new ServiceError('limit_reached', 'There are 5 sessions already: delete one to make another.'),
    );
    expect(opened().published).toHaveSize(5);
  });

  it('refuses those of a burst that are too many, and no others', async () => {
    const burst = await Promise.allSettled(Array.from({ length: 7 }, () => store.createSession(NOVEL)));

    expect(burst.filter(({ status }) => status === 'fulfilled')).toHaveSize(5);
    expect((await store.listSessions({ page: 1, pageSize: 20 })).total).toBe(5);
  });

  it('has room for another once one was deleted', async () => {
    const [first = ''] = await createTitled('一', '二', '三', '四', '五');
    await store.deleteSession(first);

    await expectAsync(store.createSession(NOVEL)).toBeResolved();
  });

  it('gives a snapshot of one with its progress and the place in the journal where it was taken', async () => {
    const { id } = await opened().planNovel();
    const snapshot = await store.snapshot(id);

    expect(snapshot.session).toEqual(await store.findSession(id));
    expect(snapshot.progress).toEqual(await store.progressOf(id));
    expect(snapshot.offset).toBe((await store.journal.end()).offset);
  });

  for (const [method, call] of Object.entries<(store: Store) => Promise<unknown>>({
    deleteSession: (of) => of.deleteSession('nobody'),
    change: (of) => of.change('nobody', (work) => work.rename('x')),
    findSession: (of) => of.findSession('nobody'),
    snapshot: (of) => of.snapshot('nobody'),
    progressOf: (of) => of.progressOf('nobody'),
    tasksOf: (of) => of.tasksOf('nobody'),
    listTasks: (of) => of.listTasks({ page: 1, pageSize: 1, sessionId: 'nobody' }),
  })) {
    it(`refuses an unknown one in ${method}, and publishes nothing`, async () => {
      await expectAsync(call(store)).toBeRejectedWith(unknownSession('nobody'));
      expect(opened().published).toEqual([]);
    });
  }
});

function unknownSession(id: string): ServiceError {
  return new ServiceError('unknown_session', `There is no session ${id}.`);
}
