import type { Ack } from '@creative-autogpt/protocol';
import { describeOnEachBackend } from '../testing/backends';
import { ScriptedAuthor } from '../testing/scripted-author';
import type { SocketClient } from '../testing/socket-client';
import { TestServer } from '../testing/test-server';

for (const messagePack of [false, true]) {
  describeOnEachBackend(`Commands with an id${messagePack ? ' in MessagePack (S19)' : ''}`, (kind) => {
    let author: ScriptedAuthor;
    let server: TestServer;
    let client: SocketClient;
    let sessionId: string;

    beforeEach(async () => {
      author = new ScriptedAuthor();
      server = await TestServer.open(kind, author);
      sessionId = (await server.createSession()).id;
      client = await openClient();
    });

    afterEach(async () => {
      await server.close();
    });

    const openClient = async (): Promise<SocketClient> => {
      const opened = await server.openClient({ messagePack });
      await opened.connect(['commands']);
      return opened;
    };
    /** Sends a message and waits for its acknowledgement. */
    const send = async (message: object, from = client): Promise<Ack['data']> => {
      from.send(message);
      return (await from.messages.next('ack')).data;
    };
    const start = (id: string): object => ({ event: 'start', session_id: sessionId, id });
    const errors = (): number => client.messages.all.filter(({ event }) => event === 'error').length;

    it('are acknowledged after the updates they cause at once', async () => {
      await send(start('c1'));
      await author.nextCall();
      await client.settle();
      const known = client.messages.all.length;
      await send({ event: 'stop', session_id: sessionId, id: 'c2' });
      const events = client.messages.all.slice(known).map(({ event }) => event);

      expect(events).toEqual(['task.update', 'progress.update', 'session.update', 'ack']);
    });

    it('S15: the same id twice is done once and acknowledged each time, on one socket', async () => {
      const first = await send(start('c1'));
      await send({ event: 'stop', session_id: sessionId, id: 'c2' });
      const second = await send(start('c1'));

      expect([first, second]).toEqual([
        { id: 'c1', ok: true },
        { id: 'c1', ok: true },
      ]);
      expect((await server.store.findSession(sessionId)).status).toBe('stopped');
    });

    it('S15: on two sockets, too', async () => {
      await send(start('c1'));

      await expectAsync(send(start('c1'), await openClient())).toBeResolvedTo({ id: 'c1', ok: true });
    });

    it('S15: and after a restart of the server', async () => {
      await send(start('c1'));
      const refused = await send(start('c2'));
      await server.restart();
      const again = await openClient();

      await expectAsync(send(start('c1'), again)).toBeResolvedTo({ id: 'c1', ok: true });
      await expectAsync(send(start('c2'), again)).toBeResolvedTo(refused);
    });

    it('S15: a refusal is remembered, even when the command would be allowed now', async () => {
      const pause = { event: 'pause', session_id: sessionId, id: 'c1' };
      const refused = await send(pause);
      await send(start('c2'));

      expect(refused.ok).toBeFalse();
      expect(await send(pause)).toEqual(refused);
      expect((await server.store.findSession(sessionId)).status).toBe('running');
    });

    const refusals: Record<string, [message: object, code: string, says: RegExp]> = {
      'that is unknown': [{ event: 'dance' }, 'unknown_event', /dance/],
      'that is invalid': [{ event: 'start' }, 'invalid_message', /"session_id"/],
      'without an event': [{ weather: 'rain' }, 'invalid_message', /"event"/],
      'of a session that is not there': [{ event: 'start', session_id: 'x' }, 'unknown_session', /x/],
      'to subscribe to a session that is not there': [
        { event: 'subscribe', session_id: 'x' },
        'unknown_session',
        /x/,
      ],
    };
    for (const [which, [message, code, says]] of Object.entries(refusals)) {
      it(`S16: one ${which} gets one ack that says so, and no error`, async () => {
        const { ok, error } = await send({ ...message, id: 'c1' });
        await client.settle();

        expect([ok, error?.code]).toEqual([false, code]);
        expect(error?.message).toMatch(says);
        expect(errors()).toBe(0);
        expect(client.messages.all.filter(({ event }) => event === 'ack')).toHaveSize(1);
      });
    }

    it('S16: one the status does not allow gets an ack that says which it would take', async () => {
      const { error } = await send({ event: 'resume', session_id: sessionId, id: 'c1' });

      expect(error?.code).toBe('invalid_state');
      expect(error?.message).toMatch(/must be paused/);
    });

    it('S16: one that the server fails at may be sent again', async () => {
      const broken = spyOn(server.store, 'once').and.rejectWith(new Error('the disk is full'));
      const { error } = await send(start('c1'));
      broken.and.callThrough();

      expect(error?.code).toBe('internal');
      expect(await send(start('c1'))).toEqual({ id: 'c1', ok: true });
    });

    it('an id that belongs to another command is refused', async () => {
      await send(start('c1'));
      const { error } = await send({ event: 'stop', session_id: sessionId, id: 'c1' });

      expect(error?.code).toBe('invalid_message');
      expect((await server.store.findSession(sessionId)).status).toBe('running');
    });

    it('any other message with an id is acknowledged after its answer', async () => {
      await send({ event: 'ping', id: 'p1' });
      await send({ event: 'subscribe', id: 'p2' });

      expect(client.messages.all.slice(-4).map(({ event }) => event)).toEqual([
        'pong',
        'ack',
        'subscribed',
        'ack',
      ]);
    });

    it('messages without an id are answered as ever', async () => {
      client.send({ event: 'pause', session_id: sessionId });

      expect((await client.messages.next('error')).data.code).toBe('invalid_state');
    });

    it('ids of a wrong type are refused', async () => {
      client.send({ event: 'ping', id: 7 });

      expect((await client.messages.next('error')).data.message).toMatch(/"id"/);
    });

    it('without the agreement an id changes nothing', async () => {
      const plain = await server.openClient({ messagePack });
      plain.send({ event: 'pause', session_id: sessionId, id: 'c1' });
      plain.send({ event: 'ping', id: 'c2' });
      await plain.messages.next('pong');

      expect(plain.messages.all.map(({ event }) => event)).toEqual(['error', 'pong']);
    });
  });
}
