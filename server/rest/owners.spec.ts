import type { Session, Task } from '@creative-autogpt/protocol';
import type { InjectOptions } from 'fastify';
import { createHttpServer } from '../http/http-server';
import { describeOnEachBackend, EMBEDDED } from '../testing/backends';
import { GOOD_TEXT } from '../testing/sample-texts';
import { ScriptedAuthor } from '../testing/scripted-author';
import { TOKENS, tokenOf } from '../testing/sign-in';
import { TestServer } from '../testing/test-server';
import { addRestRoutes } from './rest-routes';
import { ScriptedControl } from '../testing/scripted-control';

/** What a body may have to be for the call to be valid: any of these does, whatever the route. */
const PAYLOAD = { title: 'Mine now', message: 'Mine now', action: 'reject', format: 'json' };

/**
 * The routes that list or count what an owner has, or make something new. Every other one names a session or
 * a task.
 */
const ROUTES_WITHOUT_ID = ['GET /overview', 'GET /sessions', 'GET /tasks', 'POST /sessions'];

const ROUTES = await routesWithToken();

describeOnEachBackend('The owners of REST', (kind) => {
  let server: TestServer;
  let session: Session;
  let tasks: readonly Task[];

  beforeEach(async () => {
    const author = new ScriptedAuthor();
    server = await TestServer.open(kind, author, { tokens: TOKENS });
    const { id } = await server.createSession({ config: { approval: 'manual' } }, 'ada');
    const witness = await server.openClient();
    await witness.connect([], undefined, tokenOf('ada'));
    await server.command(id, 'start', 'ada');
    await author.finishCalls(GOOD_TEXT);
    await witness.messages.next('task.update', ({ data }) => data.status === 'pending_approval');
    await witness.settle();
    [session, tasks] = await stateOf(id);
  });

  afterEach(async () => {
    await server.close();
  });

  const stateOf = async (id: string): Promise<[Session, readonly Task[]]> => [
    await server.storeOf('ada').findSession(id),
    await server.storeOf('ada').tasksOf(id),
  ];
  const ask = async (owner: string, options: InjectOptions) =>
    server.app.inject({ ...options, headers: { authorization: `Bearer ${tokenOf(owner)}` } });
  const call = (route: string, id: string): InjectOptions => {
    const [method = '', url = ''] = route.split(' ');
    return {
      method: method === 'POST' || method === 'PATCH' || method === 'DELETE' ? method : 'GET',
      url: url.replace(/:\w+/, id),
      ...(method !== 'GET' && { payload: PAYLOAD }),
    };
  };

  for (const route of ROUTES.filter((known) => !ROUTES_WITHOUT_ID.includes(known))) {
    it(`S23: ${route} answers for what is another's as for what is not there, and changes nothing`, async () => {
      const id = route.includes(':task_id') ? (tasks[0]?.task_id ?? '') : session.id;
      const another = await ask('grace', call(route, id));
      const none = await ask('grace', call(route, 'nowhere'));

      expect([another.statusCode, none.statusCode]).toEqual([404, 404]);
      expect(another.body.replaceAll(id, 'nowhere')).toBe(none.body);
      expect(Object.keys(another.headers)).toEqual(Object.keys(none.headers));
      expect(await stateOf(session.id)).toEqual([session, tasks]);
    });

    it(`S23: ${route} is not answered without a token`, async () => {
      expect((await server.app.inject(call(route, session.id))).statusCode).toBe(401);
    });
  }

  for (const route of ROUTES_WITHOUT_ID) {
    it(`S23: ${route} is not answered without a token`, async () => {
      expect((await server.app.inject(call(route, ''))).statusCode).toBe(401);
    });
  }

  for (const [what, owner] of Object.entries({
    'half a character': 'al\ud83d',
    'the other half of one': '\ude00al',
    'a NUL': 'al\u0000x',
  })) {
    it(`S23: a name with ${what}, which a store could take for another one, is nobody's`, async () => {
      const { statusCode } = await ask(owner, { url: '/sessions' });

      expect(statusCode).toBe(401);
    });
  }

  it('S23: the routes with and without an id are all that there are', () => {
    expect(ROUTES).toEqual(jasmine.arrayContaining(ROUTES_WITHOUT_ID));
    expect(ROUTES.filter((route) => !route.includes(':'))).toHaveSize(ROUTES_WITHOUT_ID.length);
  });

  for (const url of [
    '/sessions',
    '/sessions?status_filter=running',
    '/tasks',
    '/tasks?status_filter=pending',
  ]) {
    it(`S23: GET ${url} lists nothing of another owner, and counts nothing`, async () => {
      const mine: unknown = (await ask('ada', { url })).json();
      const others: unknown = (await ask('grace', { url })).json();

      expect(others).toEqual(jasmine.objectContaining({ items: [], total: 0 }));
      expect(mine).not.toEqual(jasmine.objectContaining({ total: 0 }));
    });
  }

  it("S23: the filter by another's session is answered as for one that is not there", async () => {
    const another = await ask('grace', { url: `/tasks?session_id=${session.id}` });
    const none = await ask('grace', { url: '/tasks?session_id=nowhere' });

    expect([another.statusCode, none.statusCode]).toEqual([404, 404]);
    expect(another.body.replaceAll(session.id, 'nowhere')).toBe(none.body);
  });

  it('S23: the overview counts nothing of another owner', async () => {
    const before = (await ask('nobody', { url: '/overview' })).body;

    expect((await ask('grace', { url: '/overview' })).body).toBe(before);
    expect((await ask('ada', { url: '/overview' })).body).not.toBe(before);
  });

  it('S23: a session belongs to who made it', async () => {
    const made = await ask('grace', { method: 'POST', url: '/sessions', payload: { title: 'The well' } });
    const { items } = await server.storeOf('grace').listSessions({ page: 1, pageSize: 10 });

    expect(items).toEqual([made.json()]);
    expect(await stateOf(session.id)).toEqual([session, tasks]);
  });

  it("S23: feedback about another's task is refused as for one that is not there", async () => {
    const { id } = await server.createSession({}, 'grace');
    const taskId = tasks[0]?.task_id ?? '';
    const say = (task: string) =>
      ask('grace', {
        method: 'POST',
        url: `/sessions/${id}/feedback`,
        payload: { message: 'Hm.', task_id: task },
      });
    const another = await say(taskId);
    const none = await say('nowhere');

    expect([another.statusCode, none.statusCode]).toEqual([404, 404]);
    expect(another.body.replaceAll(taskId, 'nowhere')).toBe(none.body);
  });
});

/** Every route that asks for a token, such as `GET /sessions/:id`. */
async function routesWithToken(): Promise<readonly string[]> {
  const found: string[] = [];
  const place = await EMBEDDED.makePlace();
  const { stores, ...backend } = await place.open();
  const app = createHttpServer({ allowedOrigins: [] });
  app.addHook('onRoute', ({ method, url, config }) => {
    if (config?.call !== undefined && config.isOpen !== true) {
      found.push(...[method].flat().map((one) => `${one} ${url}`));
    }
  });
  await addRestRoutes(app, { stores, control: new ScriptedControl(stores), author: new ScriptedAuthor() });
  await app.close();
  await backend.close();
  await place.remove();
  return found.filter((route) => !route.startsWith('HEAD '));
}
