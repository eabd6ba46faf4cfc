import type { AddressInfo } from 'node:net';
import { inspect } from 'node:util';
import type { Session } from '@creative-autogpt/protocol';
import type { FastifyInstance } from 'fastify';
import type { Author } from '../authors/author';
import { Engine } from '../engine/engine';
import { createHttpServer } from '../http-server';
import { socketRoutes } from '../socket/socket-routes';
import type { JournalRetention } from '../store/journal/journal';
import { openStore } from '../store/open-store';
import type { Store } from '../store/store';
import { RecordedLog } from './recorded-log';
import { makeScratchDirectory, removeScratchDirectory } from './scratch-directory';
import { SHORT_WORK } from './short-work';
import { SocketClient, type SocketClientOptions } from './socket-client';

const ALLOWED_ORIGINS = ['https://app.example'];

interface RunningServer {
  readonly store: Store;
  readonly engine: Engine;
  readonly app: FastifyInstance;
}

/** Store, engine and sockets as in production, on a free port, with an author of the test. */
export class TestServer {
  readonly log = new RecordedLog();
  readonly #directory = makeScratchDirectory();
  readonly #clients: SocketClient[] = [];
  #running: RunningServer;

  private constructor(
    private readonly author: Author,
    private readonly retention: JournalRetention | undefined,
  ) {
    this.#running = this.#make();
  }

  /** @param retention how much of the journal it keeps */
  static async open(author: Author, retention?: JournalRetention): Promise<TestServer> {
    const server = new TestServer(author, retention);
    await server.#listen();
    return server;
  }

  get store(): Store {
    return this.#running.store;
  }

  get engine(): Engine {
    return this.#running.engine;
  }

  get host(): string {
    return `127.0.0.1:${this.#address().port}`;
  }

  /** Bytes that wait for each of its clients. */
  get waitingBytes(): number[] {
    return Array.from(this.#running.app.websocketServer.clients, ({ bufferedAmount }) => bufferedAmount);
  }

  /** Connections for which ws keeps a decompressor. It shows that only in fields of its own. */
  get decompressors(): number {
    return Array.from(this.#running.app.websocketServer.clients).filter((socket) =>
      inspect(Reflect.get(socket, '_extensions')).includes('_inflate: InflateRaw'),
    ).length;
  }

  /** Ends and begins again with what it has stored, on another port. */
  async restart(): Promise<void> {
    await this.#end();
    this.#running = this.#make();
    await this.#listen();
  }

  createSession(): Session {
    const session = { title: 'The lighthouse', mode: 'novel', goal: SHORT_WORK, config: {} };
    return this.store.createSession(session);
  }

  async openClient(options?: SocketClientOptions): Promise<SocketClient> {
    const client = await SocketClient.open(`ws://${this.host}/ws/ws`, options);
    this.#clients.push(client);
    return client;
  }

  /** Ends the sockets as the server does when it is told to end. */
  async closeSockets(): Promise<void> {
    await this.#running.app.close();
  }

  async close(): Promise<void> {
    this.#clients.forEach(({ socket }) => {
      socket.terminate();
    });
    await this.#end();
    removeScratchDirectory(this.#directory);
  }

  #make(): RunningServer {
    const store = openStore(this.#directory, undefined, this.retention);
    const { author, log } = this;
    const engine = new Engine({ store, author, log, retryDelay: () => Promise.resolve() });
    return { store, engine, app: createHttpServer({ allowedOrigins: ALLOWED_ORIGINS }) };
  }

  async #listen(): Promise<void> {
    const { app, store, engine } = this.#running;
    await app.register(socketRoutes, { store, engine, allowedOrigins: ALLOWED_ORIGINS });
    await app.listen({ port: 0, host: '127.0.0.1' });
  }

  async #end(): Promise<void> {
    const { app, engine, store } = this.#running;
    await app.close();
    await engine.close();
    store.close();
  }

  #address(): AddressInfo {
    const address = this.#running.app.server.address();
    if (address === null || typeof address === 'string') {
      throw new Error('The test server does not listen.');
    }
    return address;
  }
}
