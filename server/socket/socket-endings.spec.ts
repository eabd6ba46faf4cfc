import { CLOSE_CODES } from '@creative-autogpt/protocol';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { describeOnEachBackend } from '../testing/backends';
import { ScriptedAuthor } from '../testing/scripted-author';
import { TestServer } from '../testing/test-server';

describeOnEachBackend('How sockets end', (kind) => {
  let author: ScriptedAuthor;
  let server: TestServer;

  beforeEach(async () => {
    jasmine.clock().install();
    author = new ScriptedAuthor();
    server = await TestServer.open(kind, author);
  });

  afterEach(async () => {
    jasmine.clock().uninstall();
    await server.close();
  });

  const requestUpgrade = (path: string): Socket => {
    const connection = connect(Number(server.host.split(':')[1]), '127.0.0.1');
    connection.write(
      `GET ${path} HTTP/1.1\r\nHost: ${server.host}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n` +
        'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n',
    );
    return connection;
  };

  it('with 1012 when the server ends', async () => {
    const client = await server.openClient();
    const closing = server.closeSockets();

    expect((await client.closed).code).toBe(CLOSE_CODES.restarting);
    await closing;
  });

  it('an upgrade of another path does not keep the server from ending', async () => {
    const connection = requestUpgrade('/elsewhere');
    const answer: unknown[] = await once(connection, 'data');

    expect(String(answer[0])).toContain('404');
    await expectAsync(server.closeSockets()).toBeResolved();
  });

  it('one that comes while the server ends is turned away', async () => {
    const slow = await server.openClient();
    slow.socket.pause();
    const closing = server.closeSockets();
    const late = requestUpgrade('/ws/ws');
    const answer: unknown[] = await once(late, 'data');
    await once(late, 'close');
    jasmine.clock().tick(1000);

    expect(String(answer[0])).toContain('503');
    await expectAsync(closing).toBeResolved();
  });

  it('without a word when a peer does not answer the pings of the server', async () => {
    const dead = await server.openClient({ autoPong: false });
    const pinged = once(dead.socket, 'ping');
    jasmine.clock().tick(30_000);
    await pinged;
    jasmine.clock().tick(30_000);

    expect((await dead.closed).code).toBe(CLOSE_CODES.lost);
  });

  it('not for a peer that answers them', async () => {
    const client = await server.openClient();
    for (let round = 0; round < 3; round += 1) {
      const pinged = once(client.socket, 'ping');
      jasmine.clock().tick(30_000);
      await pinged;
      await client.settle();
    }

    expect(client.messages.all).toHaveSize(3);
  });
});
