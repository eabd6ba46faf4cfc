import { once } from 'node:events';
import { WebSocket, WebSocketServer } from 'ws';
import { closeSockets } from './close-sockets';

describe('closeSockets', () => {
  let server: WebSocketServer;
  let peer: WebSocket;

  beforeEach(async () => {
    server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
    await once(server, 'listening');
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : undefined;
    peer = new WebSocket(`ws://127.0.0.1:${String(port)}`);
    await Promise.all([once(peer, 'open'), once(server, 'connection')]);
    jasmine.clock().install();
  });

  afterEach(() => {
    jasmine.clock().uninstall();
    peer.terminate();
    server.close();
  });

  it('tells a peer that the server restarts', async () => {
    const closed = once(peer, 'close');
    await closeSockets(server.clients);
    const details: unknown[] = await closed;

    expect(details[0]).toBe(1012);
  });

  it('cuts off a peer that does not answer', async () => {
    peer.pause();
    const done = closeSockets(server.clients);
    jasmine.clock().tick(1000);

    await expectAsync(done).toBeResolved();
  });

  it('has nothing to do where nobody is', async () => {
    await expectAsync(closeSockets([])).toBeResolved();
  });
});
