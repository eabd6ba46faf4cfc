import { once } from 'node:events';
import { createServer } from 'node:http';
import { connect, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { text } from 'node:stream/consumers';
import { promisify } from 'node:util';
import fastify, { type FastifyInstance } from 'fastify';
import { WebSocketServer } from 'ws';
import { portOf } from '../testing/port-of';
import { FAREWELL_MS } from './close-sockets';
import { Upgrades } from './upgrades';

const WEB_SOCKET =
  'Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n';

function upgrade(target: string, headers = WEB_SOCKET, method = 'GET'): string {
  return `${method} ${target} HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\n${headers}\r\n`;
}

const PAGE = 'GET /page HTTP/1.1\r\nHost: localhost\r\n\r\n';

describe('Upgrades', () => {
  let app: FastifyInstance;
  let clients: Socket[];
  let answerPage: () => Promise<string>;

  beforeEach(async () => {
    jasmine.clock().install();
    clients = [];
    answerPage = () => Promise.resolve('the page');
    app = fastify();
    const sockets = new WebSocketServer({ noServer: true });
    const upgrades = new Upgrades(app, sockets);
    const take = { config: { takesUpgrades: true } };
    app.get('/ws', take, (request, reply) =>
      upgrades.take(request, reply, (socket) => {
        socket.send('hello');
        socket.terminate();
      })
        ? reply
        : 'no upgrade',
    );
    app.get(
      '/forbidden',
      { ...take, onRequest: async (_request, reply) => reply.code(403).send() },
      () => '',
    );
    app.get('/failing', take, () => Promise.reject(new Error('a bug')));
    app.get('/page', () => answerPage());
    app.get('/things/:id', () => 'a thing');
    await app.listen({ port: 0, host: '127.0.0.1' });
  });

  afterEach(async () => {
    jasmine.clock().uninstall();
    clients.forEach((client) => {
      client.destroy();
    });
    await app.close();
  });

  /** Sends this, and nothing else: the client does not end its side either. */
  const send = (bytes: string): Socket => {
    const client = connect({ port: portOf(app.server), host: '127.0.0.1', allowHalfOpen: true });
    client.write(bytes);
    clients.push(client);
    return client;
  };
  const countConnections = () =>
    promisify<number>((done) => {
      app.server.getConnections(done);
    })();
  const nobodyLeft = async (): Promise<void> => {
    while ((await countConnections()) > 0) {
      await new Promise(setImmediate);
    }
  };
  /** The statuses of the answers that came until the server ended its side. */
  const statusesOf = async (client: Socket): Promise<number[]> =>
    Array.from((await text(client)).matchAll(/HTTP\/1\.1 (\d+)/g), ([, status]) => Number(status));

  for (const [what, bytes, ...statuses] of [
    ['at an address that cannot be decoded', upgrade('/%zz'), 400],
    ['at an address that is too long', upgrade(`/things/${'a'.repeat(101)}`), 414],
    ['at an address where nothing is', upgrade('/nothing'), 404],
    ['at the address of something else', upgrade('/page'), 404],
    ['that its route refuses', upgrade('/forbidden'), 403],
    ['whose route fails', upgrade('/failing'), 500],
    ['by another method', upgrade('/ws', WEB_SOCKET, 'POST'), 404],
    ['that asks for the headers alone', upgrade('/ws', WEB_SOCKET, 'HEAD'), 405],
    ['of another version', upgrade('/ws', WEB_SOCKET.replace('13', '12')), 400],
    ['without a key', upgrade('/ws', 'Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n'), 400],
    ['to HTTP/2, which is answered without it', upgrade('/page', 'Upgrade: h2c\r\n'), 200],
    ['to one of several protocols', upgrade('/page', 'Upgrade: h2c, websocket\r\n'), 200],
    ['behind a request for a page', PAGE + upgrade('/%zz'), 200, 400],
    ['behind several requests', PAGE + PAGE + upgrade('/nothing'), 200, 200, 404],
  ] as const) {
    it(`answers one ${what}, and ends its connection`, async () => {
      const client = send(bytes);

      expect(await statusesOf(client)).toEqual([...statuses]);
      jasmine.clock().tick(FAREWELL_MS);
      await expectAsync(nobodyLeft()).toBeResolved();
    });
  }

  for (const [what, bytes] of [
    ['one', upgrade('/ws')],
    ['one behind a request for a page', PAGE + upgrade('/ws')],
  ] as const) {
    it(`takes ${what}`, async () => {
      expect((await statusesOf(send(bytes))).at(-1)).toBe(101);
    });
  }

  it('takes one after the answer to a request on the same connection', async () => {
    const client = send(PAGE);
    await once(client, 'data');
    client.write(upgrade('/ws'));

    expect(await statusesOf(client)).toEqual([101]);
  });

  it('waits with the answer to an upgrade for that to the request before it', async () => {
    let answer: (page: string) => void = () => undefined;
    const asked = new Promise<void>((resolve) => {
      answerPage = () =>
        new Promise((answered) => {
          answer = answered;
          resolve();
        });
    });
    const client = send(PAGE + upgrade('/nothing'));
    await asked;
    answer('the page');

    expect(await statusesOf(client)).toEqual([200, 404]);
  });

  it('lets a client end its side in peace', async () => {
    const client = send(upgrade('/nothing'));
    await text(client);

    expect(await countConnections()).toBe(1);
    client.end();
    await expectAsync(nobodyLeft()).toBeResolved();
  });

  it('ends the connection of a client that takes no answer for too long', async () => {
    answerPage = () => new Promise(() => undefined);
    send(upgrade('/page', 'Upgrade: h2c\r\n'));
    const connection = await new Promise<Duplex>((resolve) => {
      app.server.once('upgrade', (_request, connection) => {
        resolve(connection);
      });
    });
    connection.emit('timeout');

    await expectAsync(nobodyLeft()).toBeResolved();
  });

  it('ends the connection of one behind a request to another address that the server listens on', async () => {
    const second = createServer(app.routing).on('upgrade', (...upgrade) => {
      app.server.emit('upgrade', ...upgrade);
    });
    await once(second.listen(0, '127.0.0.1'), 'listening');
    const client = connect(portOf(second), '127.0.0.1');
    client.on('error', () => undefined).write(PAGE + upgrade('/ws'));
    await once(client, 'close');
    second.close();

    await expectAsync(once(second, 'close')).toBeResolved();
  });

  it('outlives a client that is gone before its answer', async () => {
    const gone = new Promise((resolve) => {
      answerPage = async () => {
        client.resetAndDestroy();
        await once(client, 'close');
        resolve(undefined);
        return 'the page';
      };
    });
    const client = send(upgrade('/page', 'Upgrade: h2c\r\n'));
    await gone;

    await expectAsync(nobodyLeft()).toBeResolved();
  });
});
