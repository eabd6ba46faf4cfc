import { CLOSE_CODES, type ServerEvent } from '@creative-autogpt/protocol';
import { describeOnEachBackend } from '../testing/backends';
import { ScriptedAuthor } from '../testing/scripted-author';
import type { SocketClient, SocketClientOptions } from '../testing/socket-client';
import { TestServer } from '../testing/test-server';

describeOnEachBackend('A channel', (kind) => {
  let server: TestServer;

  beforeEach(async () => {
    server = await TestServer.open(kind, new ScriptedAuthor());
  });

  afterEach(async () => {
    await server.close();
  });

  /** A client that is served, so that it hears of what happens from now on. */
  const openServed = async (options?: SocketClientOptions): Promise<SocketClient> => {
    const client = await server.openClient(options);
    await client.settle();
    return client;
  };
  const timesMadeIntoText = (event: ServerEvent['event'], spy: jasmine.Spy<typeof JSON.stringify>): number =>
    spy.calls.allArgs().filter(([value]: unknown[]) => isOf(event, value)).length;

  it('makes an event into text once for the journal and all clients, whether they take its offset or not', async () => {
    const clients = await Promise.all([1, 2, 3, 4].map(() => openServed()));
    await Promise.all(clients.slice(2).map((client) => client.connect(['resume'])));
    const stringify = spyOn(JSON, 'stringify').and.callThrough();
    await server.createSession();
    await Promise.all(clients.map(({ messages }) => messages.next('session.update')));

    expect(timesMadeIntoText('session.update', stringify)).toBe(1);
  });

  it('tells the others what one client cannot be told, and closes that one', async () => {
    const unable = await openServed({ messagePack: true });
    const other = await openServed();
    const tooDeepForMessagePack: unknown = JSON.parse('['.repeat(200) + ']'.repeat(200));
    const goal = { note: tooDeepForMessagePack };
    const { id } = await server.createSession({ goal });

    expect((await other.messages.next('session.update')).session_id).toBe(id);
    expect((await unable.closed).code).toBe(CLOSE_CODES.failed);
  });

  it('sends nothing to a client that has left', async () => {
    const client = await openServed();
    const other = await openServed();
    await client.close();
    await server.createSession();
    await other.messages.next('session.update');

    expect(client.messages.unread).toEqual([]);
  });
});

function isOf(event: ServerEvent['event'], value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'event' in value && value.event === event;
}
