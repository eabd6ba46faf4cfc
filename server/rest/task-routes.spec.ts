import { RestError, type Task, TaskPage } from '@creative-autogpt/protocol';
import * as v from 'valibot';
import { NOVEL, OUTCOME, PLAN } from '../testing/sample-work';
import { useRestServer } from '../testing/rest-server';

describe('REST /tasks', () => {
  const server = useRestServer();
  const get = (url: string) => server().app.inject({ method: 'GET', url });

  const plannedSession = async (): Promise<string> => {
    const { store } = server();
    const { id } = await store.createSession(NOVEL);
    await store.change(id, (work) => work.plan(PLAN));
    return id;
  };
  const finishedTask = async (): Promise<Task> => {
    const { store, clock } = server();
    const id = await plannedSession();
    clock.advance(1000);
    return store.change(id, (work) => {
      const taskId = work.tasks[0]?.task_id ?? '';
      work.begin(taskId, { retry: false, rewrite: false });
      return work.finish(taskId, OUTCOME);
    });
  };

  it('lists tasks last changed first, without texts, with the total of all pages', async () => {
    const { task_id: id } = await finishedTask();
    await finishedTask();
    await plannedSession();

    const response = await get('/tasks?page=2&page_size=3');

    const page = v.parse(TaskPage, response.json());
    expect([page.total, page.page, page.page_size, page.items.length]).toEqual([6, 2, 3, 3]);
    expect(page.items.map(({ task_id }) => task_id)).toContain(id);
    expect(page.items.some((task) => 'result' in task)).toBeFalse();
  });

  it('filters by status and session', async () => {
    const { session_id: sessionId, task_id: id } = await finishedTask();
    await finishedTask();

    const page = v.parse(
      TaskPage,
      (await get(`/tasks?status_filter=completed&session_id=${sessionId}`)).json(),
    );

    expect(page.items.map(({ task_id }) => task_id)).toEqual([id]);
    expect(page.total).toBe(1);
  });

  it('answers the filter of an unknown session with 404', async () => {
    expect((await get('/tasks?session_id=nobody')).statusCode).toBe(404);
  });

  it('refuses an unknown status and names the field', async () => {
    const response = await get('/tasks?status_filter=created');

    expect(response.statusCode).toBe(422);
    expect(v.parse(RestError, response.json()).detail).toMatch(/^status_filter: /);
  });

  it('reads one task with its text', async () => {
    const task = await finishedTask();

    expect((await get(`/tasks/${task.task_id}`)).json()).toEqual(task);
  });

  it('answers an unknown task with 404', async () => {
    const response = await get('/tasks/nothing');

    expect(response.statusCode).toBe(404);
    expect(response.json()).toEqual({ detail: 'There is no task nothing.', code: 'unknown_task' });
  });
});
