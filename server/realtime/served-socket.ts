import type { Writable } from 'node:stream';
import type { RawData, WebSocket } from 'ws';
import { AdmittedClient } from './admitted-client';
import { answerConnection } from './answer-connection';
import {
  type Answer,
  type Application,
  type Message,
  type Refusal,
  RefusalError,
  type Transient,
} from './application';
import type { Channels } from './channels';
import { ClientConnection } from './client-connection';
import type { Farewells } from './close-sockets';
import type { ConnectionLimit } from './connection-limit';
import { addressName, type FairTurns, ownerName } from './fair-turns';
import { type IncomingFrame, Inbox } from './inbox';
import { MessagePace } from './message-pace';
import type { Log, Metrics } from './monitoring';
import type { Newcomer, Newcomers } from './newcomers';
import { type ParsedFrame, parseFrame } from './parse-frame';
import { SocketAuthentication, type TokenVerifier } from './socket-authentication';

/**
 * Longest first message (bytes) where there is sign-in: a `connect` with the longest token. Who sends it is not
 * known yet.
 */
const MAX_CONNECT_BYTES = 12_288;
const FIRST_MESSAGE = 'The first message must be "connect" with a token.';

/** What all sockets of a server have in common. */
export interface Serving<M extends Message, T extends Transient> {
  readonly application: Application<M, T>;
  readonly channels: Channels<T>;
  readonly limit: ConnectionLimit;
  /** Clients that have not signed in yet. */
  readonly newcomers: Newcomers;
  readonly farewells: Farewells;
  readonly turns: FairTurns;
  readonly metrics: Metrics;
  /** Tells who a client is; undefined for no sign-in. */
  readonly tokens: TokenVerifier | undefined;
  /** The owner of all clients where there is no sign-in. */
  readonly localOwner: string;
}

/** Where a socket comes from. */
export interface SocketOrigin {
  /** The connection that the socket stands on. */
  readonly stream: Writable;
  /** Clients are counted by it until they have signed in. */
  readonly address: string;
  readonly log: Log;
}

/**
 * One socket, served until it closes. Whatever a client sends that it may send, its socket stays open and
 * others are not touched.
 */
export class ServedSocket<M extends Message, T extends Transient> {
  readonly #connection: ClientConnection;
  /** Undefined where there is no sign-in. */
  readonly #authentication: SocketAuthentication | undefined;
  /** The client, once its owner is known; undefined in it where it could not be admitted. */
  #admission: Promise<AdmittedClient<M, T> | undefined> | undefined;
  /** Whose turn it is when the socket is served: the address until the owner is known, and without sign-in. */
  #turnOf: string;
  #isRefused = false;
  readonly #newcomer: Newcomer;

  constructor(
    private readonly socket: WebSocket,
    private readonly origin: SocketOrigin,
    private readonly serving: Serving<M, T>,
  ) {
    const { tokens, metrics, localOwner, farewells } = serving;
    this.#connection = new ClientConnection(socket, origin.stream, metrics, farewells);
    this.#newcomer = {
      address: origin.address,
      makeRoom: () => {
        this.#isRefused = true;
        this.#connection.closeTooMany();
      },
    };
    this.#turnOf = addressName(origin.address);
    if (tokens === undefined) {
      this.#admission = this.#admit(localOwner);
    } else {
      serving.newcomers.add(this.#newcomer);
      this.#authentication = new SocketAuthentication(tokens, (reason) => {
        this.#refuse({ code: 'unauthenticated', message: reason });
      });
    }
    const pace = new MessagePace();
    const inbox = new Inbox(
      socket,
      (frame) => this.#answerFrame(frame),
      async () => {
        await pace.wait();
        await this.#turn();
      },
      (error) => {
        this.#fail(error);
      },
    );
    socket.on('message', (data, isBinary) => {
      metrics.messageReceived();
      inbox.receive({ bytes: toBuffer(data), isBinary });
    });
    socket.once('close', () => {
      serving.newcomers.remove(this.#newcomer);
      this.#authentication?.end();
    });
  }

  readonly #turn = (): Promise<void> => this.serving.turns.take(this.#turnOf, this.socket);

  async #answerFrame(frame: IncomingFrame): Promise<void> {
    // A client may go on sending, and take its time to close.
    if (this.#isRefused) {
      return;
    }
    if (this.#admission === undefined && frame.bytes.length > MAX_CONNECT_BYTES) {
      this.#refuse({ code: 'unauthenticated', message: FIRST_MESSAGE });
      return;
    }
    const parsed = parseFrame(frame, this.#connection.format, this.serving.application.messages);
    const client = await this.#admitted(parsed);
    if (client === undefined) {
      return;
    }
    if (parsed.to === 'nobody') {
      this.#acknowledge(parsed.id, {}, { ok: false, error: parsed.refusal });
      return;
    }
    const { message } = parsed;
    const answer = await this.#answerSafely(parsed, client);
    if (message.event === 'connect' && !answer.ok && answer.error.code === 'unauthenticated') {
      this.#refuse(answer.error);
    } else {
      const subject = parsed.to === 'application' ? this.serving.application.subjectOf(parsed.message) : {};
      this.#acknowledge(message.id, subject, answer);
    }
  }

  /** The client, which the first message admits where there is sign-in; undefined where it is not served. */
  async #admitted(parsed: ParsedFrame<M>): Promise<AdmittedClient<M, T> | undefined> {
    if (this.#admission === undefined) {
      const owner = await this.#ownerBy(parsed);
      // While its token was looked at, the client may have left, or its time may have passed.
      if (owner === undefined || !this.#connection.isOpen) {
        return undefined;
      }
      this.#admission = this.#admit(owner);
    }
    return this.#admission;
  }

  /** The owner that the first message names; undefined where the message is refused. */
  async #ownerBy(parsed: ParsedFrame<M>): Promise<string | undefined> {
    if (parsed.to !== 'connection' || parsed.message.event !== 'connect') {
      this.#refuse({ code: 'unauthenticated', message: FIRST_MESSAGE });
      return undefined;
    }
    try {
      const verified = await this.#authentication?.accept(parsed.message.data?.token);
      return verified?.owner;
    } catch (error) {
      const refusal = this.#refusalOf(error);
      if (refusal === undefined) {
        throw error;
      }
      this.#refuse(refusal);
      return undefined;
    }
  }

  async #admit(owner: string): Promise<AdmittedClient<M, T> | undefined> {
    const { application, channels, limit, newcomers, tokens } = this.serving;
    newcomers.remove(this.#newcomer);
    // It may have had to make room, or be gone, while its token was looked at.
    if (!this.#connection.isOpen) {
      return undefined;
    }
    try {
      const counted = tokens === undefined ? this.origin.address : owner;
      if (!limit.enter(counted)) {
        this.#connection.closeTooMany();
        return undefined;
      }
      this.socket.once('close', () => {
        limit.leave(counted);
      });
      if (tokens !== undefined) {
        this.#turnOf = ownerName(owner);
      }
      const parts = { connection: this.#connection, channel: channels.of(owner), turn: this.#turn };
      const client = new AdmittedClient(owner, parts, application);
      this.socket.once('close', () => {
        client.leave();
      });
      await client.join();
      return client;
    } catch (error) {
      this.#fail(error);
      return undefined;
    }
  }

  async #answerSafely(
    parsed: Exclude<ParsedFrame<M>, { to: 'nobody' }>,
    client: AdmittedClient<M, T>,
  ): Promise<Answer> {
    const { application, metrics } = this.serving;
    try {
      if (parsed.to === 'application') {
        return await client.handler.answer(parsed.message);
      }
      const { capabilities } = application;
      return await answerConnection(parsed.message, client, {
        capabilities,
        metrics,
        authentication: this.#authentication,
      });
    } catch (error) {
      const refusal = this.#refusalOf(error);
      if (refusal !== undefined) {
        return { ok: false, error: { code: refusal.code, message: refusal.message } };
      }
      const { event } = parsed.message;
      this.origin.log.error({ err: error, event }, 'a message could not be answered');
      return {
        ok: false,
        error: { code: 'internal', message: `The server failed at "${event}". Its log says why.` },
      };
    }
  }

  /**
   * Tells the sender what became of its message: with an `ack` where it asked for that, otherwise when it was
   * refused.
   */
  #acknowledge(id: string | undefined, subject: Readonly<Record<string, unknown>>, answer: Answer): void {
    const connection = this.#connection;
    if (id !== undefined && connection.has('commands')) {
      connection.send({ event: 'ack', data: { id, ...answer } });
    } else if (!answer.ok) {
      connection.send({ ...subject, event: 'error', data: { ...answer.error } });
    }
  }

  #refusalOf(error: unknown): Refusal | undefined {
    return error instanceof RefusalError ? error : this.serving.application.refusalOf(error);
  }

  #refuse({ code, message }: Refusal): void {
    this.#isRefused = true;
    if (code === 'unavailable') {
      this.#connection.closeUnavailable();
    } else {
      this.#connection.closeUnauthenticated(message);
    }
  }

  #fail(error: unknown): void {
    this.origin.log.error({ err: error }, 'a client could not be served');
    this.#connection.closeFailed();
  }
}

function toBuffer(frame: RawData): Buffer {
  if (Buffer.isBuffer(frame)) {
    return frame;
  }
  return Array.isArray(frame) ? Buffer.concat(frame) : Buffer.from(frame);
}
