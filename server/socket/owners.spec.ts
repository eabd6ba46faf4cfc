import type { ErrorEvent, Session } from '@creative-autogpt/protocol';
import { describeOnEachBackend } from '../testing/backends';
import { GOOD_TEXT } from '../testing/sample-texts';
import { ScriptedAuthor } from '../testing/scripted-author';
import { TOKENS, tokenOf } from '../testing/sign-in';
import type { SocketClient } from '../testing/socket-client';
import { TestServer } from '../testing/test-server';

const EVERYTHING = ['streaming', 'resume', 'commands', 'batch'] as const;

/** A message about something, in each way in which one can be about a session or a task. */
const NAMING_MESSAGES: Record<string, (sessionId: string, taskId: string) => object> = {
  subscribe: (sessionId) => ({ event: 'subscribe', session_id: sessionId }),
  start: (sessionId) => ({ event: 'start', session_id: sessionId }),
  pause: (sessionId) => ({ event: 'pause', session_id: sessionId }),
  resume: (sessionId) => ({ event: 'resume', session_id: sessionId }),
  stop: (sessionId) => ({ event: 'stop', session_id: sessionId }),
  approve: (sessionId, taskId) => ({
    event: 'approve',
    session_id: sessionId,
    data: { task_id: taskId, action: 'reject' },
  }),
  feedback: (sessionId) => ({ event: 'feedback', session_id: sessionId, data: { message: 'Mine now' } }),
  'feedback about a task': (sessionId, taskId) => ({
    event: 'feedback',
    session_id: sessionId,
    data: { message: 'Mine now', task_id: taskId },
  }),
};

for (const messagePack of [false, true]) {
  describeOnEachBackend(`Owners${messagePack ? ' in MessagePack (S19)' : ''}`, (kind) => {
    let author: ScriptedAuthor;
    let server: TestServer;
    let ada: SocketClient;
    let grace: SocketClient;
    let session: Session;

    beforeEach(async () => {
      author = new ScriptedAuthor();
      server = await TestServer.open(kind, author, { tokens: TOKENS });
      ada = await openAs('ada');
      grace = await openAs('grace');
      session = await server.createSession({}, 'ada');
    });

    afterEach(async () => {
      await server.close();
    });

    const openAs = async (
      owner: string,
      resume?: { readonly epoch: string; readonly offset: number },
    ): Promise<SocketClient> => {
      const client = await server.openClient({ messagePack });
      await client.connect(EVERYTHING, resume, tokenOf(owner));
      return client;
    };
    const run = async (): Promise<string> => {
      ada.send({ event: 'subscribe', session_id: session.id });
      ada.send({ event: 'start', session_id: session.id });
      (await author.nextCall()).write(GOOD_TEXT);
      return (await ada.messages.next('task.chunk')).data.task_id;
    };
    const heardBy = async (client: SocketClient): Promise<string[]> => {
      await client.settle();
      return client.messages.all.map(({ event }) => event);
    };

    it("S23: updates, texts and the end of an owner's session reach no other owner", async () => {
      grace.send({ event: 'subscribe' });
      await run();
      await server.engine.delete('ada', session.id);
      await ada.messages.next('session.deleted');

      await expectAsync(heardBy(grace)).toBeResolvedTo(['connected', 'subscribed', 'pong']);
    });

    it("S23: subscribing to another's session is refused, and no text of it comes", async () => {
      await run();
      grace.send({ event: 'subscribe', session_id: session.id });
      const { data } = await grace.messages.next('error');
      await server.command(session.id, 'pause', 'ada');
      await ada.messages.next('session.update', (message) => message.data.status === 'paused');

      expect(data.code).toBe('unknown_session');
      await expectAsync(heardBy(grace)).toBeResolvedTo(['connected', 'error', 'pong']);
    });

    for (const [what, messageAbout] of Object.entries(NAMING_MESSAGES)) {
      it(`S23: ${what} is refused for another's session as for one that is not there, and does nothing`, async () => {
        const taskId = await run();
        const before = [
          await server.storeOf('ada').findSession(session.id),
          await server.storeOf('ada').tasksOf(session.id),
        ];
        const refusalOf = async (sessionId: string, task: string): Promise<string> => {
          grace.send(messageAbout(sessionId, task));
          const { session_id: about, data } = await grace.messages.next('error');
          return JSON.stringify([about, data]).replaceAll(sessionId, 'ID').replaceAll(task, 'TASK');
        };
        const ackOf = async (sessionId: string, task: string, id: string): Promise<string> => {
          grace.send({ ...messageAbout(sessionId, task), id });
          const { data } = await grace.messages.next('ack');
          return JSON.stringify(data.error).replaceAll(sessionId, 'ID').replaceAll(task, 'TASK');
        };

        expect(await refusalOf(session.id, taskId)).toBe(await refusalOf('nowhere', 'nothing'));
        expect(await ackOf(session.id, taskId, 'c1')).toBe(await ackOf('nowhere', 'nothing', 'c2'));
        expect(before).toEqual([
          await server.storeOf('ada').findSession(session.id),
          await server.storeOf('ada').tasksOf(session.id),
        ]);
      });
    }

    for (const event of ['approve', 'feedback']) {
      it(`S23: ${event} in a session of one's own does not reach another's task`, async () => {
        const taskId = await run();
        const { id } = await server.createSession({}, 'grace');
        const refusalOf = async (task: string): Promise<ErrorEvent['data']> => {
          const data = { task_id: task, action: 'reject', message: 'Mine now' };
          grace.send({ event, session_id: id, data });
          return (await grace.messages.next('error')).data;
        };
        const another = await refusalOf(taskId);
        const none = await refusalOf('nothing');

        expect(another.code).toBe('unknown_task');
        expect(another.message.replace(taskId, 'nothing')).toBe(none.message);
      });
    }

    it('S23: an id of a command is no secret shared with others: each owner has ids of their own', async () => {
      const { id: mine } = await server.createSession({}, 'grace');
      ada.send({ event: 'stop', session_id: session.id, id: 'c1' });
      const refused = (await ada.messages.next('ack')).data;
      grace.send({ event: 'start', session_id: mine, id: 'c1' });

      expect(refused.ok).toBeFalse();
      expect((await grace.messages.next('ack')).data).toEqual({ id: 'c1', ok: true });
    });

    it("S23: a resume with another's epoch and offset gets nothing of theirs", async () => {
      const { epoch } = await server.storeOf('ada').journal.end();
      await server.renameSession(session.id, 'The well', 'ada');
      await server.createSession({}, 'grace');
      for (const offset of [0, 1, 2]) {
        const client = await server.openClient({ messagePack });
        const { recovered } = await client.connect(EVERYTHING, { epoch, offset }, tokenOf('grace'));

        expect(recovered).withContext(`from ${offset}`).toBeFalse();
        expect(await heardBy(client))
          .withContext(`from ${offset}`)
          .toEqual(['connected', 'pong']);
      }
    });

    it('S23: each owner has offsets of their own, without holes', async () => {
      const { id: mine } = await server.createSession({}, 'grace');
      for (let time = 0; time < 3; time += 1) {
        await server.renameSession(session.id, 'The well', 'ada');
        await server.renameSession(mine, 'The sea', 'grace');
      }
      await Promise.all([ada.settle(), grace.settle()]);

      expect([ada.offsets, grace.offsets]).toEqual([
        [1, 2, 3, 4],
        [1, 2, 3, 4],
      ]);
    });
  });
}
