import { CLOSE_CODES, retryAfterReason } from '@creative-autogpt/protocol';
import { FAREWELL_MS } from '../realtime/close-sockets';
import { describeOnEachBackend } from '../testing/backends';
import { ScriptedAuthor } from '../testing/scripted-author';
import { TOKENS, tokenOf } from '../testing/sign-in';
import type { SocketClient } from '../testing/socket-client';
import { TestServer } from '../testing/test-server';

const LIMIT = 2;
/** More messages than a client may send at once. */
const BURST = 230;

describeOnEachBackend('The limit of connections', (kind) => {
  let server: TestServer;

  afterEach(async () => {
    await server.close();
  });

  describe('without sign-in', () => {
    beforeEach(async () => {
      server = await TestServer.open(kind, new ScriptedAuthor(), { maxConnectionsPerClient: LIMIT });
    });

    const openMany = (count: number, localAddress = '127.0.0.1'): Promise<SocketClient[]> =>
      Promise.all(Array.from({ length: count }, () => server.openClient({ localAddress })));

    it('closes one socket too many of an address with 4429, which says when to come again', async () => {
      const served = await openMany(LIMIT);
      const [extra] = await openMany(1);

      expect(await extra?.closed).toEqual({
        code: CLOSE_CODES.tooManySockets,
        reason: retryAfterReason(5000),
      });
      for (const client of served) {
        await expectAsync(client.settle()).toBeResolved();
      }
    });

    it('says and does nothing on a socket too many', async () => {
      await openMany(LIMIT);
      const extra = await server.openClient();
      const { id } = await server.createSession();
      extra.send({ event: 'start', session_id: id });
      await extra.closed;

      expect(extra.messages.all).toEqual([]);
      expect((await server.store.findSession(id)).status).toBe('created');
    });

    it('lets another come when one has gone', async () => {
      const [first] = await openMany(LIMIT);
      await first?.close();
      await gone(server, LIMIT - 1);
      const [next] = await openMany(1);

      await expectAsync(next?.settle()).toBeResolved();
    });

    it('counts no socket that was refused', async () => {
      const served = await openMany(LIMIT);
      for (const extra of await openMany(3)) {
        await extra.closed;
      }
      await gone(server, LIMIT);
      await served[0]?.close();
      await gone(server, LIMIT - 1);
      const [next] = await openMany(1);

      await expectAsync(next?.settle()).toBeResolved();
    });

    it('counts each address for itself', async () => {
      await openMany(LIMIT);
      const [other] = await openMany(1, '127.0.0.2');

      await expectAsync(other?.settle()).toBeResolved();
    });
  });

  describe('with sign-in', () => {
    beforeEach(async () => {
      server = await TestServer.open(kind, new ScriptedAuthor(), {
        maxConnectionsPerClient: LIMIT,
        tokens: TOKENS,
      });
    });

    const openAs = async (owner: string): Promise<SocketClient> => {
      const client = await server.openClient();
      client.send({ event: 'connect', data: { token: tokenOf(owner) } });
      return client;
    };
    const served = async (owner: string): Promise<SocketClient> => {
      const client = await openAs(owner);
      await client.messages.next('connected');
      return client;
    };

    it('closes one socket too many of an owner with 4429, before it is answered', async () => {
      await served('ada');
      await served('ada');
      const extra = await openAs('ada');

      expect((await extra.closed).code).toBe(CLOSE_CODES.tooManySockets);
      expect(extra.messages.all).toEqual([]);
    });

    it('counts each owner for itself, whatever the address', async () => {
      await served('ada');
      await served('ada');

      await expectAsync(served('grace')).toBeResolved();
    });

    it('cuts off a socket too many whose client does not answer', async () => {
      await served('ada');
      await served('ada');
      const silent = await server.openClient();
      jasmine.clock().install();
      silent.socket.pause();
      silent.send({ event: 'connect', data: { token: tokenOf('ada') } });
      await closing(server);
      jasmine.clock().tick(FAREWELL_MS);
      jasmine.clock().uninstall();

      await expectAsync(gone(server, LIMIT)).toBeResolved();
    });

    it('closes the first of too many sockets of an address that have not signed in with 4429', async () => {
      const [first, second] = [await server.openClient(), await server.openClient()];
      await served('ada');
      const third = await server.openClient();

      expect(await first.closed).toEqual({
        code: CLOSE_CODES.tooManySockets,
        reason: retryAfterReason(5000),
      });
      for (const client of [second, third]) {
        await expectAsync(client.connect([], undefined, tokenOf('grace'))).toBeResolved();
      }
    });

    it('counts no socket that could not be served', async () => {
      const storeOf = spyOn(server.backend.stores, 'of');
      storeOf.and.throwError(new Error('a bug'));
      const failed = [await openAs('ada'), await openAs('ada')];
      const codes = await Promise.all(failed.map(async ({ closed }) => (await closed).code));
      storeOf.and.callThrough();
      await gone(server, 0);

      expect(codes).toEqual([CLOSE_CODES.failed, CLOSE_CODES.failed]);
      await expectAsync(served('ada')).toBeResolved();
    });

    it('lets another come when the token of one has expired', async () => {
      const short = await server.openClient();
      await short.connect([], undefined, tokenOf('ada', { expiresIn: 1000 }));
      await served('ada');
      await short.closed;
      await gone(server, 1);

      await expectAsync(served('ada')).toBeResolved();
    });
  });
});

describeOnEachBackend('The pace of messages', (kind) => {
  let server: TestServer;

  beforeEach(async () => {
    server = await TestServer.open(kind, new ScriptedAuthor());
  });

  afterEach(async () => {
    await server.close();
  });

  it('loses none of those that are too many at once, and answers them in order', async () => {
    const client = await server.openClient();
    await client.connect(['round-trip']);
    for (let ts = 0; ts < BURST; ts += 1) {
      client.send({ event: 'ping', data: { ts } });
    }
    await client.messages.next('pong', ({ data }) => data?.ts === BURST - 1);
    const times = client.messages.all.flatMap((message) =>
      message.event === 'pong' ? [message.data?.ts] : [],
    );

    expect(times).toEqual(Array.from({ length: BURST }, (_, ts) => ts));
  });

  it('serves others meanwhile at their own', async () => {
    const [busy, other] = [await server.openClient(), await server.openClient()];
    for (let time = 0; time < 10 * BURST; time += 1) {
      busy.send({ event: 'ping' });
    }
    await other.settle();

    expect(busy.messages.all.length).toBeLessThan(10 * BURST);
  });
});

/** Settles when the server has closed a socket, and waits for its client. */
async function closing(server: TestServer): Promise<void> {
  const sockets = server.app.websocketServer.clients;
  while (![...sockets].some(({ readyState, CLOSING }) => readyState === CLOSING)) {
    await new Promise(setImmediate);
  }
}

/** Settles when the server has so many sockets left. */
async function gone(server: TestServer, left: number): Promise<void> {
  while (server.app.websocketServer.clients.size > left) {
    await new Promise(setImmediate);
  }
}
