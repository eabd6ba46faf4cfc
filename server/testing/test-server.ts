import { randomUUID } from 'node:crypto';
import { inspect } from 'node:util';
import type { Session, SessionCommand } from '@creative-autogpt/protocol';
import type { FastifyInstance } from 'fastify';
import { LOCAL_OWNER } from '../http/auth/owner';
import type { TokenVerifier } from '../realtime/socket-authentication';
import type { Author } from '../authors/author';
import type { Backend } from '../ports/backend';
import { Engine } from '../engine/engine';
import { createHttpServer } from '../http/http-server';
import { addRestRoutes } from '../rest/rest-routes';
import { socketRoutes } from '../socket/socket-routes';
import type { Store } from '../ports/store';
import type { StoresOptions } from '../backends/stores-options';
import type { NewSession } from '../domain/new-work';
import type { BackendKind, Place } from './backends';
import { portOf } from './port-of';
import { RecordedLog } from './recorded-log';
import { SHORT_WORK } from './short-work';
import { SocketClient, type SocketClientOptions } from './socket-client';

const ALLOWED_ORIGINS = ['https://app.example'];

/** How a test server differs from one that nobody has configured. */
export interface TestServerOptions {
  /** Tells who a client is. @default no sign-in */
  readonly tokens?: TokenVerifier;
  /** How its stores are opened. */
  readonly stores?: StoresOptions;
  readonly maxConnectionsPerClient?: number;
}

interface RunningServer {
  readonly backend: Backend;
  readonly engine: Engine;
  readonly app: FastifyInstance;
}

/** State, engine, REST and sockets as in production, on a free port, with an author of the test. */
export class TestServer {
  readonly log = new RecordedLog();
  readonly #clients: SocketClient[] = [];
  #running: RunningServer | undefined;

  private constructor(
    private readonly place: Place,
    private readonly isPlaceShared: boolean,
    private readonly author: Author,
    private readonly options: TestServerOptions,
  ) {}

  /**
   * @param where its state is: in a new place of this kind, which is removed with it, or in one that it
   *   shares with others,
   * which stays
   */
  static async open(
    where: BackendKind | Place,
    author: Author,
    options: TestServerOptions = {},
  ): Promise<TestServer> {
    const isPlaceShared = !('makePlace' in where);
    const place = isPlaceShared ? where : await where.makePlace();
    const server = new TestServer(place, isPlaceShared, author, options);
    await server.#start();
    return server;
  }

  get app(): FastifyInstance {
    return this.#parts.app;
  }

  get backend(): Backend {
    return this.#parts.backend;
  }

  get engine(): Engine {
    return this.#parts.engine;
  }

  /** What the owner has of a server without sign-in. */
  get store(): Store {
    return this.storeOf(LOCAL_OWNER);
  }

  storeOf(owner: string): Store {
    return this.backend.stores.of(owner);
  }

  get host(): string {
    return `127.0.0.1:${portOf(this.app.server)}`;
  }

  /** Bytes that wait for each of its clients. */
  get waitingBytes(): number[] {
    return Array.from(this.app.websocketServer.clients, ({ bufferedAmount }) => bufferedAmount);
  }

  /** Connections for which ws keeps a decompressor. It shows that only in fields of its own. */
  get decompressors(): number {
    return Array.from(this.app.websocketServer.clients).filter((socket) =>
      inspect(Reflect.get(socket, '_extensions')).includes('_inflate: InflateRaw'),
    ).length;
  }

  /** Ends and begins again with what it has stored, on another port. */
  async restart(): Promise<void> {
    await this.#end();
    await this.#start();
  }

  createSession(fields: Partial<NewSession> = {}, owner = LOCAL_OWNER): Promise<Session> {
    const session = { title: 'The lighthouse', mode: 'novel', goal: SHORT_WORK, config: {}, ...fields };
    return this.storeOf(owner).createSession(session);
  }

  command(sessionId: string, command: SessionCommand, owner = LOCAL_OWNER): Promise<Session> {
    return this.engine.command(owner, sessionId, command);
  }

  renameSession(sessionId: string, title: string, owner = LOCAL_OWNER): Promise<Session> {
    return this.storeOf(owner).change(sessionId, (work) => work.rename(title));
  }

  async openClient(options?: SocketClientOptions): Promise<SocketClient> {
    const client = await SocketClient.open(`ws://${this.host}/ws/ws`, options);
    this.#clients.push(client);
    return client;
  }

  /** Ends the sockets as the server does when it is told to end. */
  async closeSockets(): Promise<void> {
    await this.app.close();
  }

  async close(): Promise<void> {
    this.#clients.forEach(({ socket }) => {
      socket.terminate();
    });
    await this.#end();
    if (!this.isPlaceShared) {
      await this.place.remove();
    }
  }

  async #start(): Promise<void> {
    const { author, log, options } = this;
    const { tokens, maxConnectionsPerClient } = options;
    const backend = await this.place.open({ log, ...options.stores });
    const { stores, board, queue } = backend;
    const retryDelay = (): Promise<void> => Promise.resolve();
    const processId = randomUUID();
    const engine = new Engine({ stores, board, queue, processId, author, log, retryDelay });
    const app = createHttpServer({ allowedOrigins: ALLOWED_ORIGINS, tokens });
    this.#running = { backend, engine, app };
    await app.register(socketRoutes, {
      stores,
      board,
      engine,
      allowedOrigins: ALLOWED_ORIGINS,
      tokens,
      ...(maxConnectionsPerClient !== undefined && { maxConnectionsPerClient }),
    });
    await addRestRoutes(app, { stores, control: engine, author });
    await app.listen({ port: 0, host: '127.0.0.1' });
    await engine.recover();
  }

  async #end(): Promise<void> {
    const { app, engine, backend } = this.#parts;
    await app.close();
    await engine.close();
    await backend.close();
  }

  get #parts(): RunningServer {
    if (this.#running === undefined) {
      throw new Error('The test server was not started.');
    }
    return this.#running;
  }
}
