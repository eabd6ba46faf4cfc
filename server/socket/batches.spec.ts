import type { ServerEvent } from '@creative-autogpt/protocol';
import { describeOnEachBackend } from '../testing/backends';
import { ScriptedAuthor } from '../testing/scripted-author';
import type { SocketClient } from '../testing/socket-client';
import { TestServer } from '../testing/test-server';

const PLANNED_TASKS = 6;
/** With the progress and the counts. */
const PLAN_EVENTS = PLANNED_TASKS + 2;

for (const messagePack of [false, true]) {
  describeOnEachBackend(`Batches${messagePack ? ' in MessagePack (S19)' : ''}`, (kind) => {
    let author: ScriptedAuthor;
    let server: TestServer;
    let client: SocketClient;

    beforeEach(async () => {
      author = new ScriptedAuthor();
      server = await TestServer.open(kind, author);
      client = await server.openClient({ messagePack });
    });

    afterEach(async () => {
      await server.close();
    });

    const eventsOf = (messages: readonly ServerEvent[]): string[] => messages.map(({ event }) => event);

    it('S17: updates caused by one action arrive in one frame, the same as in single frames', async () => {
      const { id } = await server.createSession();
      const other = await server.openClient({ messagePack });
      await client.connect(['batch', 'resume']);
      await other.connect(['resume']);
      const known = [client.messages.all.length, other.messages.all.length];
      await server.command(id, 'start');
      await author.nextCall();
      await client.settle();
      await other.settle();
      const [ofClient, ofOther] = [client.messages.all.slice(known[0]), other.messages.all.slice(known[1])];

      const frameOfThePlan = client.frames.find(
        (frame) => frame.event === 'batch' && frame.data.events.some(({ event }) => event === 'task.update'),
      );

      expect(frameOfThePlan?.event === 'batch' && frameOfThePlan.data.events.length).toBeGreaterThanOrEqual(
        PLAN_EVENTS,
      );
      expect(eventsOf(other.frames)).not.toContain('batch');
      expect(eventsOf(ofClient)).toEqual([
        'session.update',
        ...Array.from({ length: PLANNED_TASKS }, () => 'task.update' as const),
        'progress.update',
        'session.update',
        'task.update',
        'progress.update',
        'pong',
      ]);
      expect(ofClient).toEqual(ofOther);
    });

    it('S17: a message that is ready alone comes in a frame of its own', async () => {
      await client.connect(['batch']);
      await server.createSession();
      await client.messages.next('session.update');

      expect(eventsOf(client.frames)).toEqual(['connected', 'session.update']);
    });

    it('S17: an answer stands in its place among the updates', async () => {
      await client.connect(['batch', 'commands']);
      const { id } = await server.createSession();
      client.send({ event: 'start', session_id: id, id: 'c1' });
      await client.messages.next('ack');
      const events = client.messages.all.map((message) =>
        message.event === 'session.update' ? message.data.status : message.event,
      );

      expect(events.indexOf('ack')).toBeGreaterThan(events.indexOf('running'));
      expect(events).toContain('running');
    });

    it('S17: connected is never part of one', async () => {
      await server.createSession();
      client.send({ event: 'connect', data: { capabilities: ['batch'] } });
      client.send({ event: 'connect', data: { capabilities: ['batch'] } });
      client.send({ event: 'ping' });
      await client.messages.next('pong');

      expect(eventsOf(client.frames)).toEqual(['session.update', 'connected', 'connected', 'pong']);
    });

    it('are bounded', async () => {
      await client.connect(['batch']);
      const { id } = await server.createSession();
      await client.settle();
      await Promise.all(
        Array.from({ length: 300 }, (_, time) => server.renameSession(id, `Title ${String(time)}`)),
      );
      await client.settle();
      const sizes = client.frames.map((frame) => (frame.event === 'batch' ? frame.data.events.length : 1));

      expect(client.messages.all.filter(({ event }) => event === 'session.update')).toHaveSize(301);
      expect(Math.max(...sizes)).toBeLessThanOrEqual(256);
    });

    it('a replay comes in batches', async () => {
      const { epoch = '' } = await client.connect(['resume']);
      for (let time = 0; time < 100; time += 1) {
        await server.createSession();
      }
      const returned = await server.openClient({ messagePack });
      await returned.connect(['batch', 'resume'], { epoch, offset: 0 });
      await returned.settle();

      expect(returned.offsets).toHaveSize(100);
      expect(returned.frames.length).toBeLessThan(10);
    });

    it('a ping gets back its time where the round trip was agreed', async () => {
      const ping = { event: 'ping', data: { ts: 1795423391425.25 } };
      client.send(ping);
      const before = await client.messages.next('pong');
      await client.connect(['round-trip']);
      client.send(ping);
      const after = await client.messages.next('pong');
      client.send({ event: 'ping' });

      expect([before.data, after.data]).toEqual([undefined, { ts: 1795423391425.25 }]);
      await expectAsync(client.messages.next('pong')).toBeResolvedTo({ event: 'pong' });
    });
  });
}
