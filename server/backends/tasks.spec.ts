import { describeOnEachBackend } from '../testing/backends';
import type { Store } from '../ports/store';
import { NOVEL, OUTCOME, PLAN } from '../testing/sample-work';
import { useStore } from '../testing/store-under-test';
import { startAndPause } from '../testing/work-steps';

const FIRST_ATTEMPT = { retry: false, rewrite: false };

describeOnEachBackend('A store of tasks', (kind) => {
  const opened = useStore(kind);
  let store: Store;
  beforeEach(() => {
    ({ store } = opened());
  });

  const begin = (id: string, taskId: string): Promise<unknown> =>
    store.change(id, (work) => work.begin(taskId, FIRST_ATTEMPT));
  const complete = async (id: string, taskId: string): Promise<unknown> => {
    await begin(id, taskId);
    return store.change(id, (work) => work.finish(taskId, OUTCOME));
  };

  it('finds a task as the change that made it gave it back', async () => {
    const { id, outline } = await opened().planNovel();
    const completed = await complete(id, outline);

    expect<unknown>(await store.findTask(outline)).toEqual(completed);
  });

  it('gives those of a session in the order of the plan, with their texts', async () => {
    const { id, outline } = await opened().planNovel();
    await complete(id, outline);

    expect((await store.tasksOf(id)).map(({ title, result }) => [title, result])).toEqual([
      ['大纲', OUTCOME.result],
      ['第 1 章 初稿', null],
    ]);
  });

  it('keeps a text that waits for approval until a person decides', async () => {
    const { id } = await store.createSession({ ...NOVEL, config: { approval: 'manual' } });
    const outline = await store.change(id, (work) => {
      work.plan(PLAN);
      return work.tasks[0]?.task_id ?? '';
    });
    await complete(id, outline);
    await store.change(id, (work) => work.rename('潮汐之下'));
    const approved = await store.change(id, (work) => work.decide(outline, { action: 'approve' }));

    expect(approved.result).toBe(OUTCOME.result);
    expect((await store.findTask(outline)).result).toBe(OUTCOME.result);
  });

  it('drops a text that was rejected', async () => {
    const { id } = await store.createSession({ ...NOVEL, config: { approval: 'manual' } });
    const outline = await store.change(id, (work) => {
      work.plan(PLAN);
      return work.tasks[0]?.task_id ?? '';
    });
    await complete(id, outline);
    await store.change(id, (work) => work.decide(outline, { action: 'reject' }));

    expect((await store.findTask(outline)).result).toBeNull();
    expect((await store.overview()).characters_written).toBe(0);
  });

  it('says how far a session has come', async () => {
    const { id, outline } = await opened().planNovel();
    await complete(id, outline);

    expect(await store.progressOf(id)).toEqual(
      jasmine.objectContaining({ total_tasks: 2, completed_tasks: 1, percentage: 50 }),
    );
  });

  it('lists those of all sessions last changed first, without their texts', async () => {
    const { id, outline } = await opened().planNovel();
    await opened().planNovel();
    opened().clock.advance(1000);
    await complete(id, outline);
    const page = await store.listTasks({ page: 1, pageSize: 3 });

    expect([page.total, page.items.length]).toEqual([4, 3]);
    expect(page.items[0]?.task_id).toBe(outline);
    expect(page.items.some((task) => 'result' in task)).toBeFalse();
  });

  it('lists each of them once over all pages', async () => {
    await opened().planNovel();
    await opened().planNovel();
    const [one, two] = [
      await store.listTasks({ page: 1, pageSize: 2 }),
      await store.listTasks({ page: 2, pageSize: 2 }),
    ];

    expect(new Set([...one.items, ...two.items].map((task) => task.task_id)).size).toBe(4);
  });

  it('lists those of one session alone', async () => {
    const { id } = await opened().planNovel();
    await opened().planNovel();
    const page = await store.listTasks({ page: 1, pageSize: 50, sessionId: id });

    expect(page.total).toBe(2);
    expect(page.items.map((task) => task.session_id)).toEqual([id, id]);
  });

  it('lists those with a status alone', async () => {
    const { id, draft } = await opened().planNovel();
    const other = await opened().planNovel();
    await begin(id, draft);
    await begin(other.id, other.outline);
    const page = await store.listTasks({ page: 1, pageSize: 50, status: 'running' });

    expect(page.total).toBe(2);
    expect(page.items.map((task) => task.task_id)).toEqual(
      jasmine.arrayWithExactContents([draft, other.outline]),
    );
  });

  it('lists those with a status and of a session', async () => {
    const { id, draft } = await opened().planNovel();
    await opened().planNovel();
    await begin(id, draft);
    const page = await store.listTasks({ page: 1, pageSize: 50, status: 'pending', sessionId: id });

    expect(page.total).toBe(1);
    expect(page.items.map(({ title }) => title)).toEqual(['大纲']);
  });

  it('counts everything for the overview, texts by characters', async () => {
    const { id, outline } = await opened().planNovel();
    await complete(id, outline);
    await store.change(id, startAndPause);
    const overview = await store.overview();

    expect(overview.sessions).toEqual(jasmine.objectContaining({ total: 1, paused: 1, running: 0 }));
    expect(overview.tasks).toEqual({
      total: 2,
      pending: 1,
      running: 0,
      pending_approval: 0,
      completed: 1,
      failed: 0,
    });
    expect(overview.characters_written).toBe(Array.from(OUTCOME.result).length);
  });
});
