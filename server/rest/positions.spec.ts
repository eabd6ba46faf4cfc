import { NOVEL, PLAN } from '../testing/sample-work';
import { useRestServer } from '../testing/rest-server';

describe('REST answers that were read', () => {
  const server = useRestServer();
  let id: string;
  let taskId: string;
  beforeEach(async () => {
    const { store } = server();
    ({ id } = await store.createSession(NOVEL));
    taskId = await store.change(id, (work) => {
      work.plan(PLAN);
      return work.tasks[0]?.task_id ?? '';
    });
  });

  for (const [what, url] of Object.entries<() => string>({
    'the overview': () => '/overview',
    'a page of sessions': () => '/sessions',
    'a session': () => `/sessions/${id}`,
    'the progress of a session': () => `/sessions/${id}/progress`,
    'the tasks of a session': () => `/sessions/${id}/tasks`,
    'a page of tasks': () => '/tasks',
    'a task': () => `/tasks/${taskId}`,
  })) {
    it(`say in headers where in the journal they were read: ${what}`, async () => {
      const { epoch } = await server().store.journal.end();
      const before = await server().app.inject(url());
      await server().store.change(id, (work) => work.rename('The storm'));
      const after = await server().app.inject(url());

      expect(
        [before, after].map(({ headers }) => [headers['realtime-epoch'], headers['realtime-offset']]),
      ).toEqual([
        [epoch, '5'],
        [epoch, '6'],
      ]);
    });
  }

  it('say nothing of the kind where they are refusals', async () => {
    const { statusCode, headers } = await server().app.inject('/sessions/nobody');

    expect([statusCode, headers['realtime-epoch'], headers['realtime-offset']]).toEqual([
      404,
      undefined,
      undefined,
    ]);
  });
});
