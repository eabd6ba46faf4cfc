import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';

/**
 * A TCP proxy that can forget its connections as a firewall does: neither end is told, and nothing passes any
 * more.
 */
export class FreezingProxy {
  readonly #passing = new Set<() => void>();
  readonly #sockets = new Set<Socket>();

  private constructor(
    private readonly listener: Server,
    private readonly target: number,
  ) {
    listener.on('connection', (client) => {
      this.#pass(client);
    });
  }

  static async open(target: number): Promise<FreezingProxy> {
    const listener = createServer();
    const proxy = new FreezingProxy(listener, target);
    listener.listen(0, '127.0.0.1');
    await once(listener, 'listening');
    return proxy;
  }

  get url(): string {
    const address = this.listener.address();
    if (address === null || typeof address === 'string') {
      throw new Error('The proxy does not listen.');
    }
    return `redis://127.0.0.1:${address.port}`;
  }

  /** Forgets the connections there are; new ones pass. */
  freeze(): void {
    this.#passing.forEach((forget) => {
      forget();
    });
    this.#passing.clear();
  }

  close(): void {
    this.listener.close();
    this.#sockets.forEach((socket) => {
      socket.destroy();
    });
  }

  #pass(client: Socket): void {
    const server = connect({ port: this.target, host: '127.0.0.1' });
    const ends = [client, server] as const;
    let isForgotten = false;
    this.#passing.add(() => {
      isForgotten = true;
    });
    for (const [from, to] of [ends, [server, client] as const]) {
      this.#sockets.add(from);
      from.on('data', (bytes) => {
        if (!isForgotten) {
          to.write(bytes);
        }
      });
      from.on('close', () => {
        this.#sockets.delete(from);
        if (!isForgotten) {
          to.destroy();
        }
      });
      from.on('error', () => undefined);
    }
  }
}
