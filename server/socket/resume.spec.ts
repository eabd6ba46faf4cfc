import { CLOSE_CODES, type ServerEvent, type Session } from '@creative-autogpt/protocol';
import { LOCAL_OWNER } from '../http/auth/owner';
import { describeOnEachBackend } from '../testing/backends';
import { ScriptedAuthor } from '../testing/scripted-author';
import type { SocketClient } from '../testing/socket-client';
import { TestServer } from '../testing/test-server';

/** More than one step of a replay. */
const MANY = 100;

for (const messagePack of [false, true]) {
  describeOnEachBackend(`Resuming${messagePack ? ' in MessagePack (S19)' : ''}`, (kind) => {
    let author: ScriptedAuthor;
    let server: TestServer;
    let session: Session;

    beforeEach(async () => {
      author = new ScriptedAuthor();
      server = await TestServer.open(kind, author, {
        stores: { retention: { maxEvents: 20, maxAgeHours: 1 } },
      });
      session = await server.createSession();
    });

    afterEach(async () => {
      await server.close();
    });

    const open = (): Promise<SocketClient> => server.openClient({ messagePack });
    const rename = async (times: number): Promise<void> => {
      for (let time = 0; time < times; time += 1) {
        await server.renameSession(session.id, `Title ${String(time)}`);
      }
    };
    /** Does this once, after the first step of a replay was read. */
    const duringTheReplay = (happen: () => unknown): void => {
      const { journal } = server.store;
      const read = journal.read.bind(journal);
      const reading = spyOn(journal, 'read').and.callFake(async (after, limit) => {
        const entries = await read(after, limit);
        reading.and.callFake(read);
        await happen();
        return entries;
      });
    };
    const trim = async (): Promise<void> => {
      while (await server.backend.stores.trim());
    };
    const range = (from: number, to: number): number[] =>
      Array.from({ length: to - from + 1 }, (_, index) => from + index);

    it('S13: events carry their offset once it is agreed, and other messages never do', async () => {
      const client = await open();
      await rename(1);
      const { offset } = await client.connect(['resume']);
      await rename(2);
      await client.settle();

      expect(offset).toBe(2);
      expect(client.messages.all.map((message) => [message.event, message.id])).toEqual([
        ['session.update', undefined],
        ['connected', undefined],
        ['session.update', 3],
        ['session.update', 4],
        ['pong', undefined],
      ]);
    });

    it('S13: a client that did not ask for it gets no offsets', async () => {
      const client = await open();
      const { epoch, recovered } = await client.connect(['streaming']);
      await rename(1);
      await client.settle();

      expect([epoch, recovered, client.offsets.length]).toEqual([undefined, undefined, 0]);
    });

    it('S13: a client that was away receives what it missed, then what is new', async () => {
      const before = await open();
      const { epoch = '' } = await before.connect(['resume']);
      await rename(2);
      await before.settle();
      await before.close();
      await rename(MANY);
      const after = await open();
      const connected = await after.connect(['resume'], { epoch, offset: 3 });
      await rename(2);
      await after.settle();

      expect([connected.recovered, connected.offset]).toEqual([true, 3 + MANY]);
      expect(before.offsets).toEqual([2, 3]);
      expect(after.offsets).toEqual(range(4, 5 + MANY));
    });

    it('S13: the offset of the first connected will do, before any event', async () => {
      const { epoch = '', offset = -1 } = await (await open()).connect(['resume']);
      await rename(3);
      const client = await open();
      const { recovered } = await client.connect(['resume'], { epoch, offset });
      await client.settle();

      expect([recovered, ...client.offsets]).toEqual([true, 2, 3, 4]);
    });

    it('S13: one that missed nothing is recovered, too', async () => {
      const { epoch = '', offset = -1 } = await (await open()).connect(['resume']);
      const client = await open();
      const { recovered } = await client.connect(['resume'], { epoch, offset });
      await rename(1);
      await client.settle();

      expect([recovered, ...client.offsets]).toEqual([true, 2]);
    });

    it('S13: what is replayed is what was published', async () => {
      const witness = await open();
      const { epoch = '' } = await witness.connect(['resume']);
      await server.command(session.id, 'start');
      await server.command(session.id, 'stop');
      await server.engine.delete(LOCAL_OWNER, session.id);
      await witness.settle();
      const client = await open();
      await client.connect(['resume'], { epoch, offset: 1 });
      await client.settle();

      const eventsOf = ({ messages }: SocketClient): ServerEvent[] => messages.all.filter(isJournaled);

      expect(eventsOf(client)).toEqual(eventsOf(witness));
      expect(eventsOf(client).at(-1)?.event).toBe('session.deleted');
    });

    it('S13: it goes on over a restart of the server', async () => {
      const { epoch = '', offset = -1 } = await (await open()).connect(['resume']);
      await rename(1);
      await server.restart();
      await rename(1);
      const client = await open();
      const { recovered } = await client.connect(['resume'], { epoch, offset });
      await client.settle();

      expect([recovered, ...client.offsets]).toEqual([true, 2, 3]);
    });

    it('S13: what happens during the replay follows it, and so does the answer to what is asked', async () => {
      const { epoch = '', offset = -1 } = await (await open()).connect(['resume']);
      await rename(MANY);
      const client = await open();
      duringTheReplay(() => rename(3));
      client.send({ event: 'connect', data: { capabilities: ['resume'], resume: { epoch, offset } } });
      client.send({ event: 'subscribe', session_id: session.id });
      client.send({ event: 'ping' });
      const { data } = await client.messages.next('subscribed');
      await client.messages.next('pong');

      expect(client.offsets).toEqual(range(2, 4 + MANY));
      expect(client.messages.all.map(({ event }) => event).slice(-3)).toEqual([
        'session.update',
        'subscribed',
        'pong',
      ]);
      expect(data?.session.title).toBe('Title 2');
    });

    it('S13: there is no text during the replay, so that none overtakes what it belongs to', async () => {
      const client = await open();
      const { epoch = '', offset = -1 } = await client.connect(['resume', 'streaming']);
      client.send({ event: 'subscribe', session_id: session.id });
      await server.command(session.id, 'start');
      const call = await author.nextCall();
      duringTheReplay(() => call.write('unheard'));
      await client.connect(['resume', 'streaming'], { epoch, offset });
      await client.settle();

      const events = client.messages.all.map(({ event }) => event);
      const lastReplayed = client.messages.all.findLastIndex(({ id }) => typeof id === 'number');

      expect(events.slice(0, lastReplayed)).not.toContain('task.chunk');
    });

    it('a client whose replay fails is closed with 1011', async () => {
      const { epoch = '', offset = -1 } = await (await open()).connect(['resume']);
      await rename(1);
      spyOn(server.store.journal, 'read').and.rejectWith(new Error('the disk is broken'));
      const client = await open();
      await client.connect(['resume'], { epoch, offset });

      expect((await client.closed).code).toBe(CLOSE_CODES.failed);
    });

    it('S13: the replay ignores the subscriptions of the socket, and what comes after it heeds them', async () => {
      const client = await open();
      const { epoch = '', offset = -1 } = await client.connect(['resume']);
      client.send({ event: 'subscribe', session_id: (await server.createSession()).id });
      await client.settle();
      await rename(2);
      await client.connect(['resume'], { epoch, offset });
      await rename(1);
      await client.settle();

      expect(client.offsets).toEqual([2, 2, 3, 4]);
    });

    const noWayBack: Record<string, (epoch: string, offset: number) => { epoch: string; offset: number }> = {
      'of another epoch': (_, offset) => ({ epoch: 'another', offset }),
      'in the future': (epoch, offset) => ({ epoch, offset: offset + 1 }),
      'the journal no longer reaches': (epoch) => ({ epoch, offset: 3 }),
    };
    for (const [which, position] of Object.entries(noWayBack)) {
      it(`S14: a position ${which} is not recovered, and events go on from now`, async () => {
        await rename(MANY);
        await trim();
        const { epoch = '', offset = -1 } = await (await open()).connect(['resume']);
        const client = await open();
        const connected = await client.connect(['resume'], position(epoch, offset));
        await rename(1);
        await client.settle();

        expect([connected.recovered, connected.epoch, connected.offset]).toEqual([false, epoch, 1 + MANY]);
        expect(client.offsets).toEqual([2 + MANY]);
      });
    }

    it('S14: one who never had a position is not recovered', async () => {
      expect((await (await open()).connect(['resume'])).recovered).toBeFalse();
    });

    it('S10: a position of a wrong form is refused', async () => {
      const client = await open();
      client.send({
        event: 'connect',
        data: { capabilities: ['resume'], resume: { epoch: 'x', offset: -1 } },
      });

      expect((await client.messages.next('error')).data.message).toMatch(/"data\.resume\.offset"/);
    });
  });
}

function isJournaled(message: ServerEvent): boolean {
  return 'id' in message;
}
