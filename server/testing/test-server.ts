import type { AddressInfo } from 'node:net';
import type { Session } from '@creative-autogpt/protocol';
import fastify from 'fastify';
import type { ClientOptions } from 'ws';
import type { Author } from '../authors/author';
import { Engine } from '../engine/engine';
import { socketRoutes } from '../socket/socket-routes';
import { openStore } from '../store/open-store';
import type { Store } from '../store/store';
import { RecordedLog } from './recorded-log';
import { makeScratchDirectory, removeScratchDirectory } from './scratch-directory';
import { SHORT_WORK } from './short-work';
import { SocketClient } from './socket-client';

/** Store, engine and sockets as in production, on a free port, with an author of the test. */
export class TestServer {
  readonly log = new RecordedLog();
  readonly store: Store;
  readonly engine: Engine;
  readonly #directory = makeScratchDirectory();
  readonly #app = fastify();
  readonly #clients: SocketClient[] = [];

  private constructor(author: Author) {
    this.store = openStore(this.#directory);
    this.engine = new Engine({
      store: this.store,
      author,
      log: this.log,
      retryDelay: () => Promise.resolve(),
    });
  }

  static async open(author: Author): Promise<TestServer> {
    const server = new TestServer(author);
    const { store, engine } = server;
    await server.#app.register(socketRoutes, { store, engine, allowedOrigins: ['https://app.example'] });
    await server.#app.listen({ port: 0, host: '127.0.0.1' });
    return server;
  }

  get host(): string {
    return `127.0.0.1:${this.#address().port}`;
  }

  createSession(): Session {
    const session = { title: 'The lighthouse', mode: 'novel', goal: SHORT_WORK, config: {} };
    return this.store.createSession(session);
  }

  async openClient(options?: ClientOptions): Promise<SocketClient> {
    const client = await SocketClient.open(`ws://${this.host}/ws/ws`, options);
    this.#clients.push(client);
    return client;
  }

  /** Ends the sockets as the server does when it is told to end. */
  async closeSockets(): Promise<void> {
    await this.#app.close();
  }

  async close(): Promise<void> {
    this.#clients.forEach(({ socket }) => {
      socket.terminate();
    });
    await this.#app.close();
    await this.engine.close();
    this.store.close();
    removeScratchDirectory(this.#directory);
  }

  #address(): AddressInfo {
    const address = this.#app.server.address();
    if (address === null || typeof address === 'string') {
      throw new Error('The test server does not listen.');
    }
    return address;
  }
}
