import { connect, type Socket } from 'node:net';
import { Pipe } from './pipe';

/** One connection through the proxy: both of its ends, and what goes between them. */
export class ProxiedConnection {
  readonly answers: Pipe;
  readonly requests: Pipe;
  readonly #server: Socket;

  /** @param ended called once, when both ends are gone */
  constructor(
    private readonly client: Socket,
    port: number,
    ended: () => void,
  ) {
    this.#server = connect({ port, host: '127.0.0.1', noDelay: true });
    this.answers = new Pipe(this.#server, client);
    this.requests = new Pipe(client, this.#server);
    client.setNoDelay(true);
    for (const end of [client, this.#server]) {
      // A broken connection is what this is about; `close` follows.
      end.on('error', () => undefined);
    }
    client.on('close', () => this.#server.destroy());
    this.#server.on('close', () => {
      this.answers.release();
      this.requests.release();
      client.destroy();
      ended();
    });
  }

  /** Ends both sides with RST. */
  reset(): void {
    this.client.resetAndDestroy();
    this.#server.resetAndDestroy();
  }

  /** Ends both sides with FIN. */
  end(): void {
    this.client.end();
    this.#server.end();
  }
}
