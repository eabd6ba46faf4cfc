import { FakeWebSocket } from './fake-web-socket';

/** A message of the WebSocket, in either direction. */
export interface FakeMessage {
  readonly event: string;
  readonly session_id?: string;
  readonly data?: object;
}

/** The other end of every WebSocket that is opened between {@link FakeServer.install} and `uninstall()`. */
export class FakeServer {
  private readonly original = globalThis.WebSocket;
  private readonly sockets: FakeWebSocket[] = [];

  static install(): FakeServer {
    const server = new FakeServer();
    FakeWebSocket.made = (socket) => server.sockets.push(socket);
    Reflect.set(globalThis, 'WebSocket', FakeWebSocket);
    return server;
  }

  uninstall(): void {
    globalThis.WebSocket = this.original;
  }

  /** URLs of all sockets so far. */
  get urls(): string[] {
    return this.sockets.map(({ url }) => url);
  }

  /** What the client sent over the newest socket, without its `connect`. */
  get received(): unknown[] {
    return this.newest.sent
      .map((frame): unknown => JSON.parse(frame))
      .filter((message) => !(message instanceof Object && 'event' in message && message.event === 'connect'));
  }

  /** Lets the newest socket open. */
  accept(): void {
    this.newest.open();
  }

  send(...messages: readonly FakeMessage[]): void {
    for (const message of messages) {
      this.newest.receive(JSON.stringify(message));
    }
  }

  /** Closes the newest socket. */
  drop(code = 1006): void {
    this.newest.end(code);
  }

  private get newest(): FakeWebSocket {
    const socket = this.sockets.at(-1);
    if (!socket) {
      throw new Error('No WebSocket was opened.');
    }
    return socket;
  }
}
