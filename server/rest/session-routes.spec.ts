import { MAX_TITLE_LENGTH, RestError, Session, SessionPage } from '@creative-autogpt/protocol';
import * as v from 'valibot';
import { NOVEL, OUTCOME, PLAN } from '../testing/sample-work';
import { useRestServer } from '../testing/rest-server';
import { writeTask } from '../testing/written-task';

describe('REST /sessions', () => {
  const server = useRestServer();

  const post = (payload: object | string) =>
    server().app.inject({
      method: 'POST',
      url: '/sessions',
      headers: { 'content-type': 'application/json' },
      payload: typeof payload === 'string' ? payload : JSON.stringify(payload),
    });
  const get = (url: string) => server().app.inject({ method: 'GET', url });

  it('creates a session with the defaults filled in', async () => {
    const response = await post({ title: '  星海拾遗  ' });

    expect(response.statusCode).toBe(201);
    const session = v.parse(Session, response.json());
    expect([session.title, session.mode, session.status]).toEqual(['星海拾遗', 'novel', 'created']);
    expect([session.goal, session.config]).toEqual([{}, {}]);
    expect(await server().store.findSession(session.id)).toEqual(session);
  });

  it('lets fields pass that it does not know', async () => {
    const response = await post({ title: 'A', colour: 'red', goal: { mood: 'calm' } });

    expect(response.statusCode).toBe(201);
    expect(v.parse(Session, response.json()).goal).toEqual({ mood: 'calm' });
  });

  const refused: Record<string, [payload: object | string, status: number, detail: RegExp]> = {
    'a body that is not JSON': ['{"title":', 400, /JSON/],
    'a body that is no object': [['title'], 422, /^title: /],
    'a missing title': [{}, 422, /^title: /],
    'an empty title': [{ title: '   ' }, 422, /^title: /],
    'a title that nobody sees': [{ title: '\u200b\u2800\u3164\u0007' }, 422, /^title: .*visible character/],
    'a number that is too large': [
      '{"title":"x","goal":{"weights":[1,{"a":-1e400}]}}',
      422,
      /^goal: Invalid number: "weights\.1\.a" is too large$/,
    ],
    'a title of a wrong type': [{ title: 7 }, 422, /^title: /],
    'an oversized title': [{ title: 'x'.repeat(MAX_TITLE_LENGTH + 1) }, 422, /^title: /],
    'a chapter count of a wrong type': [
      { title: 'x', goal: { chapter_count: '3' } },
      422,
      /^goal\.chapter_count: /,
    ],
    'too many chapters': [{ title: 'x', goal: { chapter_count: 201 } }, 422, /^goal\.chapter_count: /],
    'an unknown language': [{ title: 'x', goal: { language: 'fr' } }, 422, /^goal\.language: /],
    'a seed that is no whole number': [{ title: 'x', config: { seed: 1.5 } }, 422, /^config\.seed: /],
    'a goal that is no object': [{ title: 'x', goal: [1] }, 422, /^goal: /],
    'a config that is no object': [{ title: 'x', config: [] }, 422, /^config: /],
    'a body nested in too many levels': [
      `{"title":"x","goal":{"a":${'['.repeat(32)}${']'.repeat(32)}}}`,
      422,
      /^There may be at most 256 values, in at most 32 levels\.$/,
    ],
    'a body of too many values': [
      { title: 'x', goal: { notes: Array(256).fill(1) } },
      422,
      /^There may be at most 256 values, in at most 32 levels\.$/,
    ],
    'an oversized body': [{ title: 'x', goal: { note: 'x'.repeat(65_536) } }, 413, /too large/],
    'a key that would poison objects': ['{"title":"x","__proto__":{"a":1}}', 400, /./],
  };
  const codes: Record<number, string> = { 400: 'invalid_json', 413: 'too_large', 422: 'invalid_message' };
  for (const [what, [payload, status, detail]] of Object.entries(refused)) {
    it(`refuses ${what} with ${status}`, async () => {
      const response = await post(payload);

      expect(response.statusCode).toBe(status);
      const error = v.parse(RestError, response.json());
      expect(error.detail).toMatch(detail);
      expect(error.code).toBe(codes[status]);
      expect((await server().store.overview()).sessions.total).toBe(0);
    });
  }

  it('refuses a body that is not application/json with 415', async () => {
    const response = await server().app.inject({
      method: 'POST',
      url: '/sessions',
      headers: { 'content-type': 'text/plain' },
      payload: '{"title":"x"}',
    });

    expect(response.statusCode).toBe(415);
    expect(v.parse(RestError, response.json()).code).toBe('unsupported_type');
  });

  it('refuses a missing body with 422', async () => {
    const response = await server().app.inject({ method: 'POST', url: '/sessions' });

    expect(response.statusCode).toBe(422);
    expect(v.parse(RestError, response.json()).detail).toMatch(/^body: /);
  });

  it('lists one page newest first, with the total of all pages', async () => {
    for (const title of ['一', '二', '三']) {
      await server().store.createSession({ ...NOVEL, title });
    }

    const response = await get('/sessions?page=2&page_size=2');

    const page = v.parse(SessionPage, response.json());
    expect(page.items.map(({ title }) => title)).toEqual(['一']);
    expect([page.total, page.page, page.page_size]).toEqual([3, 2, 2]);
  });

  it('lists the first 20 when it is not asked otherwise', async () => {
    for (let count = 0; count < 21; count += 1) {
      await server().store.createSession(NOVEL);
    }

    const page = v.parse(SessionPage, (await get('/sessions')).json());

    expect([page.items.length, page.total, page.page_size]).toEqual([20, 21, 20]);
  });

  it('lists only sessions with the status that is asked for', async () => {
    const { store } = server();
    const { id } = await store.createSession(NOVEL);
    await store.createSession(NOVEL);
    await store.change(id, (work) => {
      work.start();
      work.stop();
    });

    const page = v.parse(SessionPage, (await get('/sessions?status_filter=stopped')).json());

    expect(page.items.map((session) => session.id)).toEqual([id]);
    expect(page.total).toBe(1);
  });

  for (const [query, field] of [
    ['page=0', 'page'],
    ['page=one', 'page'],
    ['page=1&page=2', 'page'],
    ['page_size=101', 'page_size'],
    ['page_size=-1', 'page_size'],
    ['status_filter=happy', 'status_filter'],
  ] as const) {
    it(`refuses ?${query} and names the field`, async () => {
      const response = await get(`/sessions?${query}`);

      expect(response.statusCode).toBe(422);
      expect(v.parse(RestError, response.json()).detail.startsWith(`${field}: `)).toBeTrue();
    });
  }

  it('reads one session', async () => {
    const session = await server().store.createSession(NOVEL);

    expect((await get(`/sessions/${session.id}`)).json()).toEqual(session);
  });

  it('renames a session', async () => {
    const { id } = await server().store.createSession(NOVEL);

    const response = await server().app.inject({
      method: 'PATCH',
      url: `/sessions/${id}`,
      payload: { title: '潮汐' },
    });

    expect(response.statusCode).toBe(200);
    expect(v.parse(Session, response.json()).title).toBe('潮汐');
    expect((await server().store.findSession(id)).title).toBe('潮汐');
  });

  it('refuses an oversized new title', async () => {
    const { id } = await server().store.createSession(NOVEL);
    const payload = { title: 'x'.repeat(MAX_TITLE_LENGTH + 1) };

    const response = await server().app.inject({ method: 'PATCH', url: `/sessions/${id}`, payload });

    expect(response.statusCode).toBe(422);
    expect((await server().store.findSession(id)).title).toBe(NOVEL.title);
  });

  it('tells the progress of a session', async () => {
    const { store } = server();
    const { id } = await store.createSession(NOVEL);
    await store.change(id, (work) => work.plan(PLAN));

    expect((await get(`/sessions/${id}/progress`)).json()).toEqual({
      total_tasks: 2,
      completed_tasks: 0,
      failed_tasks: 0,
      running_tasks: 0,
      pending_tasks: 2,
      pending_approval_tasks: 0,
      percentage: 0,
      current_task: null,
      current_task_id: null,
    });
  });

  it('lists all tasks of a session in the order of the plan, with their texts', async () => {
    const { store } = server();
    const { id } = await store.createSession(NOVEL);
    await writeTask(store, id, 1);

    const tasks: unknown = (await get(`/sessions/${id}/tasks`)).json();

    expect(tasks).toEqual([
      jasmine.objectContaining({ title: '大纲', result: null }),
      jasmine.objectContaining({ title: '第 1 章 初稿', result: OUTCOME.result }),
    ]);
  });

  for (const [method, url] of [
    ['GET', '/sessions/nobody'],
    ['PATCH', '/sessions/nobody'],
    ['DELETE', '/sessions/nobody'],
    ['GET', '/sessions/nobody/progress'],
    ['GET', '/sessions/nobody/tasks'],
    ['POST', '/sessions/nobody/start'],
    ['POST', '/sessions/nobody/export'],
  ] as const) {
    it(`answers ${method} ${url} with 404`, async () => {
      const payload = { title: 'x', format: 'txt' };

      const response = await server().app.inject({ method, url, ...(method !== 'GET' && { payload }) });

      expect(response.statusCode).toBe(404);
      expect(response.json()).toEqual({ detail: 'There is no session nobody.', code: 'unknown_session' });
    });
  }
});
