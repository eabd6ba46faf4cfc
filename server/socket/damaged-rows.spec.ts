import {
  Overview,
  Session,
  type SessionCommand,
  SessionPage,
  SESSION_COMMANDS,
  Task,
  TaskPage,
} from '@creative-autogpt/protocol';
import fc from 'fast-check';
import * as v from 'valibot';
import { LOCAL_OWNER } from '../http/auth/owner';
import { planTasks } from '../domain/plan';
import { OUTCOME } from '../testing/sample-work';
import { damage, damaged } from '../testing/damage';
import { describeOnEachBackend, type Place } from '../testing/backends';
import { InstantAuthor } from '../testing/instant-author';
import { GOOD_TEXT } from '../testing/sample-texts';
import { TestServer } from '../testing/test-server';

describeOnEachBackend('A server with damaged rows', (kind) => {
  let place: Place;
  let server: TestServer;
  beforeEach(async () => {
    place = await kind.makePlace();
    server = await TestServer.open(place, new InstantAuthor(() => GOOD_TEXT));
  });
  afterEach(async () => {
    await server.close();
    await place.remove();
  });

  const ask = async (method: string, path: string, body?: object): Promise<[number, unknown]> => {
    const answer = await fetch(`http://${server.host}${path}`, {
      method,
      ...(body && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    });
    return [answer.status, await answer.json()];
  };

  /** A paused session, its first task written. */
  const written = async (): Promise<{ session: string; task: string }> => {
    const store = server.storeOf(LOCAL_OWNER);
    const { id } = await server.createSession();
    const task = await store.change(id, (work) => {
      work.plan(planTasks(work.session));
      const first = work.tasks[0]?.task_id ?? '';
      work.start();
      work.begin(first, { retry: false, rewrite: false });
      work.finish(first, OUTCOME);
      work.pause();
      return first;
    });
    return { session: id, task };
  };

  const expectWhole = async (path: string, schema: v.GenericSchema, context = ''): Promise<void> => {
    const [status, body] = await ask('GET', path);
    expect([status, v.is(schema, body)])
      .withContext(`${path} ${context}`)
      .toEqual([200, true]);
  };

  for (const what of ['session', 'task'] as const) {
    it(`serves everything else and deletes what is damaged, however a ${what} is`, async () => {
      const healthy = await written();
      const works: { session: string; context: string }[] = [];
      for (const how of fc.sample(damage, { numRuns: 12, seed: 20261128 })) {
        const { session, task } = await written();
        const where = { owner: LOCAL_OWNER, sessionId: session };
        await place.rewrite({ of: what, ...where, taskId: task }, (stored) => damaged(stored, how));
        works.push({ session, context: JSON.stringify(how) });
      }
      await expectWhole('/sessions?page_size=100', SessionPage);
      await expectWhole('/sessions?status_filter=paused&page_size=100', SessionPage);
      await expectWhole('/tasks?page_size=100', TaskPage);
      await expectWhole('/overview', Overview);
      for (const { session, context } of works) {
        await expectWhole(`/sessions/${session}`, Session, context);
        await expectWhole(`/sessions/${session}/tasks`, v.array(Task), context);
        const answers: number[] = [];
        for (const command of SESSION_COMMANDS) {
          answers.push((await ask('POST', `/sessions/${session}/${command}`))[0]);
        }

        expect(answers.filter((answer) => ![200, 409].includes(answer)))
          .withContext(context)
          .toEqual([]);
        expect((await ask('DELETE', `/sessions/${session}`))[0])
          .withContext(context)
          .toBe(200);
        expect((await ask('GET', `/sessions/${session}`))[0])
          .withContext(context)
          .toBe(404);
      }
      const overview = v.parse(Overview, (await ask('GET', '/overview'))[1]);

      expect(works).toHaveSize(12);
      expect([overview.sessions.total, overview.tasks.total]).toEqual([1, 6]);
      expect(overview.characters_written).toBe(Array.from(OUTCOME.result).length);
      expect((await ask('POST', `/sessions/${healthy.session}/resume`))[0]).toBe(200);
      expect(await ask('GET', '/health')).toEqual([200, jasmine.objectContaining({ status: 'healthy' })]);
    });
  }

  describe('one of them a session', () => {
    let session: string;
    beforeEach(async () => {
      ({ session } = await written());
      await place.rewrite({ of: 'session', owner: LOCAL_OWNER, sessionId: session }, () => '{');
    });

    for (const command of SESSION_COMMANDS) {
      it(`refuses "${command}" of it with 409, and on the socket as invalid_state`, async () => {
        const [status, body] = await ask('POST', `/sessions/${session}/${command}`);
        const client = await server.openClient();
        client.send({ event: command satisfies SessionCommand, session_id: session });
        const { data } = await client.messages.next('error');

        expect([status, body]).toEqual([
          409,
          { detail: jasmine.stringContaining('is damaged: delete'), code: 'invalid_state' },
        ]);
        expect(data.code).toBe('invalid_state');
      });
    }

    it('refuses to rename it or to take feedback', async () => {
      const [renamed] = await ask('PATCH', `/sessions/${session}`, { title: 'new' });
      const [told] = await ask('POST', `/sessions/${session}/feedback`, { message: 'more fog' });

      expect([renamed, told]).toEqual([409, 409]);
    });

    it('still exports the texts', async () => {
      const answer = await fetch(`http://${server.host}/sessions/${session}/export`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ format: 'json' }),
      });

      expect([answer.status, await answer.text()]).toEqual([200, jasmine.stringContaining(OUTCOME.result)]);
    });

    it('answers a subscription to it, and tells of its deletion', async () => {
      const client = await server.openClient();
      client.send({ event: 'subscribe', session_id: session });
      const { data } = await client.messages.next('subscribed');
      await ask('DELETE', `/sessions/${session}`);

      expect(data?.session).toEqual(jasmine.objectContaining({ status: 'failed', damaged: true }));
      expect((await client.messages.next('session.deleted')).session_id).toBe(session);
    });

    it('is degraded, and says so', async () => {
      await ask('GET', '/sessions');
      const [status, health] = await ask('GET', '/health');

      expect(status).toBe(200);
      expect(health).toEqual(
        jasmine.objectContaining({
          status: 'degraded',
          storage_status: 'damaged',
          detail: jasmine.stringContaining('damaged: 1.'),
        }),
      );
    });
  });

  describe('when it looks for what is to be run', () => {
    const running = async (): Promise<{ session: string; task: string }> => {
      const work = await written();
      await server.storeOf(LOCAL_OWNER).change(work.session, (change) => {
        change.resume();
      });
      return work;
    };
    /** Has something done, and waits until the session is told to have a status. */
    const reached = async (session: string, status: string, make: () => Promise<unknown>): Promise<void> => {
      const client = await server.openClient();
      await make();
      let now: string | undefined;
      while (now !== status) {
        const update = await client.messages.next('session.update');
        now = update.session_id === session ? update.data.status : now;
      }
    };
    const recover = (): Promise<void> => server.engine.recover();

    it('S25: goes on with the sessions beside a damaged one', async () => {
      const { session: lost } = await running();
      const { session: sound } = await running();
      await place.rewrite({ of: 'session', owner: LOCAL_OWNER, sessionId: lost }, () => '{');
      await reached(sound, 'completed', recover);

      expect((await server.store.findSession(lost)).damaged).toBeTrue();
      expect(server.log.errors).toEqual(['a stored record is damaged and is set aside']);
    });

    it('fails a session that comes to a damaged task, which a start has written anew', async () => {
      const { session, task } = await running();
      const where = { owner: LOCAL_OWNER, sessionId: session, taskId: task };
      await place.rewrite({ of: 'task', ...where }, () => '{');
      await reached(session, 'failed', recover);
      const failed = await server.store.findSession(session);
      await reached(session, 'completed', () => ask('POST', `/sessions/${session}/start`));

      expect(failed.error).toContain('is damaged. Start');
      expect(await server.store.findTask(task)).toEqual(
        jasmine.objectContaining({ status: 'completed', task_type: 'outline', result: GOOD_TEXT }),
      );
      expect(server.backend.stores.damagedRecords).toEqual({ sessions: 0, tasks: 0 });
    });
  });

  it('writes the damaged task of a completed session anew when that is started, and no other', async () => {
    const { session, task } = await written();
    const client = await server.openClient();
    const ended = async (): Promise<void> => {
      let status: string | undefined;
      while (status !== 'completed') {
        ({ status } = (await client.messages.next('session.update')).data);
      }
    };
    await ask('POST', `/sessions/${session}/resume`);
    await ended();
    const before = await server.store.tasksOf(session);
    const [refused] = await ask('POST', `/sessions/${session}/start`);
    await place.rewrite({ of: 'task', owner: LOCAL_OWNER, sessionId: session, taskId: task }, () => '{');
    const [accepted] = await ask('POST', `/sessions/${session}/start`);

    expect([refused, accepted]).toEqual([409, 200]);

    await ended();
    const [mended, ...others] = await server.store.tasksOf(session);

    expect(mended).toEqual(
      jasmine.objectContaining({ task_id: task, status: 'completed', result: GOOD_TEXT }),
    );
    expect(others).toEqual(before.slice(1));
    expect(others.length).toBeGreaterThan(0);
  });

  it('S14: lets a client that resumes over a damaged event know that it must load its state anew', async () => {
    const client = await server.openClient();
    const { epoch = '', offset = 0 } = await client.connect(['resume']);
    await client.close();
    await written();
    await place.rewrite({ of: 'event', owner: LOCAL_OWNER, offset: offset + 3 }, () => '{"event":');
    const first = await server.openClient();
    first.send({ event: 'connect', data: { capabilities: ['resume'], resume: { epoch, offset } } });
    await first.closed;
    const second = await server.openClient();

    expect((await second.connect(['resume'], { epoch, offset })).recovered).toBeFalse();
  });
});
