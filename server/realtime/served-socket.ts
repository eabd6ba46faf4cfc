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
import { type IncomingFrame, Inbox } from './inbox';
import { MessagePace } from './message-pace';
import type { Log, Metrics } from './monitoring';
import type { Newcomer, Newcomers } from './newcomers';
import { type ParsedFrame, parseFrame } from './parse-frame';
import { SocketAuthentication, type TokenVerifier } from './socket-authentication';

/** What all sockets of a server have in common. */
export interface Serving<M extends Message, T extends Transient> {
  readonly application: Application<M, T>;
  readonly channels: Channels<T>;
  readonly limit: ConnectionLimit;
  /** Clients that have not signed in yet. */
  readonly newcomers: Newcomers;
  readonly farewells: Farewells;
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
    if (tokens === undefined) {
      this.#admission = this.#admit(localOwner);
    } else {
      serving.newcomers.add(this.#newcomer);
      this.#authentication = new SocketAuthentication(tokens, (reason) => {
        this.#refuse(reason);
      });
    }
    const pace = new MessagePace();
    const inbox = new Inbox(
      socket,
      (frame) => this.#answerFrame(frame),
      () => pace.wait(),
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

  async #answerFrame(frame: IncomingFrame): Promise<void> {
    // A client may go on sending, and take its time to close.
    if (this.#isRefused) {
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
      this.#refuse(answer.error.message);
    } else {
      const subject = parsed.to === 'application' ? this.serving.application.subjectOf(parsed.message) : {};
      this.#acknowledge(message.id, subject, answer);
    }
  }

  /** The client, which the first message admits where there is sign-in; undefined where it is not served. */
  #admitted(parsed: ParsedFrame<M>): Promise<AdmittedClient<M, T> | undefined> | undefined {
    if (this.#admission === undefined) {
      const owner = this.#ownerBy(parsed);
      this.#admission = owner === undefined ? undefined : this.#admit(owner);
    }
    return this.#admission;
  }

  /** The owner that the first message names; undefined where the message is refused. */
  #ownerBy(parsed: ParsedFrame<M>): string | undefined {
    if (parsed.to !== 'connection' || parsed.message.event !== 'connect') {
      this.#refuse('The first message must be "connect" with a token.');
      return undefined;
    }
    try {
      return this.#authentication?.accept(parsed.message.data?.token).owner;
    } catch (error) {
      const refusal = this.#refusalOf(error);
      if (refusal === undefined) {
        throw error;
      }
      this.#refuse(refusal.message);
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
      const client = new AdmittedClient(owner, this.#connection, channels.of(owner), application);
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

  #refuse(reason: string): void {
    this.#isRefused = true;
    this.#connection.closeUnauthenticated(reason);
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
