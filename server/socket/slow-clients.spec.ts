import { CLOSE_CODES, type Session } from '@creative-autogpt/protocol';
import { describeOnEachBackend } from '../testing/backends';
import { ScriptedAuthor } from '../testing/scripted-author';
import type { SocketClient } from '../testing/socket-client';
import { TestServer } from '../testing/test-server';

const MEGABYTE = 1024 * 1024;
/** What may wait for one client, and one message more. */
const MOST_WAITING = 9 * MEGABYTE + 1024;
/** More than a connection takes that nobody reads from, and what the server keeps for it. */
const EVENTS = 20;
/** Events that a replay does not read at once. */
const MORE_THAN_A_STEP = 40;
const PATIENCE_MS = 30_000;

describeOnEachBackend('A slow client', (kind) => {
  let server: TestServer;

  beforeEach(async () => {
    // A client that does not read has a second to answer a close: here it takes as long as it likes.
    jasmine.clock().install();
    server = await TestServer.open(kind, new ScriptedAuthor(), {
      stores: { retention: { maxEvents: 3, maxAgeHours: 1 } },
    });
  });

  afterEach(async () => {
    jasmine.clock().uninstall();
    await server.close();
  });

  /** A client that compression does not help. */
  const open = (): Promise<SocketClient> => server.openClient({ perMessageDeflate: false });
  const createLarge = (): Promise<Session> => server.createSession({ title: 'x'.repeat(MEGABYTE) });
  const range = (from: number, to: number): number[] =>
    Array.from({ length: to - from + 1 }, (_, index) => from + index);

  it(
    'S18: is closed with 4408 while others are served, resumes, and has everything',
    async () => {
      const [slow, quick] = [await open(), await open()];
      const { epoch = '' } = await slow.connect(['resume']);
      await quick.connect(['resume']);
      slow.socket.pause();
      let mostWaiting = 0;
      for (let event = 0; event < EVENTS; event += 1) {
        await createLarge();
        mostWaiting = Math.max(mostWaiting, ...server.waitingBytes);
        await quick.settle();
      }
      slow.socket.resume();
      const { code } = await slow.closed;
      const returned = await open();
      const { recovered } = await returned.connect(['resume'], { epoch, offset: slow.offsets.at(-1) ?? 0 });
      await returned.settle();

      expect(code).toBe(CLOSE_CODES.tooSlow);
      expect(mostWaiting).toBeLessThan(MOST_WAITING);
      expect(quick.offsets).toEqual(range(1, EVENTS));
      expect(recovered).toBeTrue();
      expect([...slow.offsets, ...returned.offsets]).toEqual(range(1, EVENTS));
    },
    PATIENCE_MS,
  );

  it(
    'S18: one that does not read its replay costs no more than a step of it, and has everything once it reads',
    async () => {
      for (let event = 0; event < EVENTS; event += 1) {
        await createLarge();
      }
      const { epoch } = await server.store.journal.end();
      const [slow, quick] = [await open(), await open()];
      await slow.connect(['resume'], { epoch, offset: 0 });
      slow.socket.pause();
      for (let round = 0; round < 20; round += 1) {
        await quick.settle();
      }
      const waiting = Math.max(...server.waitingBytes);
      await createLarge();
      slow.socket.resume();
      await slow.settle();

      expect(waiting).toBeLessThan(2 * MEGABYTE);
      expect(slow.offsets).toEqual(range(1, EVENTS + 1));
    },
    PATIENCE_MS,
  );

  it(
    'S18: one whose replay is dropped from the journal meanwhile is closed with 4408',
    async () => {
      for (let event = 0; event < EVENTS; event += 1) {
        await createLarge();
      }
      for (let event = 0; event < MORE_THAN_A_STEP; event += 1) {
        await server.createSession();
      }
      const { epoch } = await server.store.journal.end();
      const [slow, quick] = [await open(), await open()];
      await slow.connect(['resume'], { epoch, offset: 0 });
      slow.socket.pause();
      for (let round = 0; round < 20; round += 1) {
        await quick.settle();
      }
      while (await server.backend.stores.trim());
      slow.socket.resume();

      expect((await slow.closed).code).toBe(CLOSE_CODES.tooSlow);
    },
    PATIENCE_MS,
  );

  it('is spared where its frames can be compressed', async () => {
    const client = await server.openClient();
    await createLarge();
    await client.settle();

    expect(client.socket.extensions).toContain('permessage-deflate');
    expect(client.messages.all).toHaveSize(2);
  });
});
