import { EventEmitter, once } from 'node:events';
import { CLOSE_CODES, readRetryAfter } from '@creative-autogpt/protocol/connection';
import { WebSocket, WebSocketServer } from 'ws';
import { closeSockets, Farewells } from './close-sockets';

/** A peer that answers a close at once. */
class FakeSocket extends EventEmitter {
  readonly readyState = WebSocket.OPEN;
  readonly CLOSED = WebSocket.CLOSED;
  reason = '';

  close(_code?: number, reason?: string | Buffer): void {
    this.reason = String(reason);
    queueMicrotask(() => this.emit('close'));
  }

  terminate(): void {
    this.emit('close');
  }
}

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
  });

  afterEach(() => {
    peer.terminate();
    server.close();
  });

  it('tells a peer that the server restarts, and that it may come again at once where there are few', async () => {
    const closed = once(peer, 'close');
    await closeSockets(server.clients, () => 0.999);
    const details: unknown[] = await closed;

    expect([details[0], String(details[1])]).toEqual([CLOSE_CODES.restarting, 'retry after 0']);
  });

  for (const [count, longest] of [
    [100, 200],
    [1000, 2000],
    [20_000, 10_000],
  ] as const) {
    it(`spreads the return of ${count} clients over ${longest} ms`, async () => {
      const sockets = Array.from({ length: count }, () => new FakeSocket());
      let calls = 0;
      await closeSockets(sockets, () => (calls++ % 100) / 100);
      const times = sockets.map(({ reason }) => readRetryAfter(reason) ?? NaN);

      expect(Math.min(...times)).toBe(0);
      expect(Math.max(...times)).toBe(longest * 0.99);
    });
  }

  it('closes a socket, too, that fails while it is told', async () => {
    const socket = new FakeSocket();
    socket.on('error', () => undefined);
    spyOn(socket, 'close').and.callFake(() => {
      socket.emit('error', new Error('a frame was too large'));
      queueMicrotask(() => socket.emit('close'));
    });

    await expectAsync(closeSockets([socket])).toBeResolved();
  });

  it('has nothing to do where nobody is', async () => {
    await expectAsync(closeSockets([])).toBeResolved();
  });
});

describe('Farewells', () => {
  const MOST = 100;
  let sockets: SilentSocket[];

  /** A socket whose client does not answer a close. */
  class SilentSocket extends EventEmitter {
    readonly CLOSED = WebSocket.CLOSED;
    readonly close = jasmine.createSpy('close');
    readonly terminate = jasmine.createSpy('terminate');

    constructor(readonly readyState: WebSocket['readyState'] = WebSocket.OPEN) {
      super();
    }
  }
  const refuse = (farewells: Farewells, count: number): void => {
    sockets = Array.from({ length: count }, () => new SilentSocket());
    sockets.forEach((socket) => {
      farewells.refuse(socket, CLOSE_CODES.tooManySockets, 'come later');
    });
  };
  const cutOff = (): number => sockets.filter(({ terminate }) => terminate.calls.any()).length;

  it('tell every client why it is refused', () => {
    refuse(new Farewells(), MOST + 1);

    for (const { close } of sockets) {
      expect(close).toHaveBeenCalledOnceWith(CLOSE_CODES.tooManySockets, 'come later');
    }
  });

  it('wait for the answers of a few', () => {
    refuse(new Farewells(), MOST);

    expect(cutOff()).toBe(0);
  });

  it('cut off the first where there are more', () => {
    refuse(new Farewells(), MOST + 3);

    expect(cutOff()).toBe(3);
    expect(sockets.slice(0, 3).every(({ terminate }) => terminate.calls.any())).toBeTrue();
  });

  it('do not count those that have answered', () => {
    const farewells = new Farewells();
    refuse(farewells, MOST);
    sockets.forEach((socket) => socket.emit('close'));
    refuse(farewells, MOST);

    expect(cutOff()).toBe(0);
  });

  it('do not wait for those that are gone already', () => {
    const farewells = new Farewells();
    refuse(farewells, MOST);
    farewells.refuse(new SilentSocket(WebSocket.CLOSED), CLOSE_CODES.unauthenticated, 'a wrong token');

    expect(cutOff()).toBe(0);
  });
});
