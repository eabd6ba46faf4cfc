import type { Writable } from 'node:stream';
import type { ClientMessage } from '@creative-autogpt/protocol';
import type { WebSocket } from '@fastify/websocket';
import type { RawData } from 'ws';
import { LOCAL_OWNER } from '../http/auth/owner';
import type { TokenVerifier } from '../http/auth/token-verifier';
import type { Metrics } from '../ports/metrics';
import { ServiceError } from '../domain/service-error';
import type { Answer, Stores } from '../ports/store';
import { answerMessage, type AnswerParts } from '../socket/answer-message';
import type { Broadcaster } from './broadcaster';
import { ClientConnection } from './client-connection';
import type { ConnectionLimit } from './connection-limit';
import { EventFeed } from './event-feed';
import { type Frame, Inbox } from './inbox';
import { MessagePace } from './message-pace';
import { parseMessage } from './parse-message';
import type { ServedClient } from './served-client';
import { SocketAuthentication } from './socket-authentication';
import { formatOf } from './subprotocols';

/** What a socket is served with. */
export interface ServeParts extends AnswerParts {
  readonly stores: Stores;
  readonly broadcaster: Broadcaster;
  readonly limit: ConnectionLimit;
  readonly metrics: Metrics;
  /** Tells who a client is; undefined for no sign-in. */
  readonly tokens: TokenVerifier | undefined;
}

/** Where a socket comes from. */
export interface SocketOrigin {
  /** The connection that the socket stands on. */
  readonly wire: Writable;
  /** By which a client is counted where there is no sign-in. */
  readonly address: string;
}

/**
 * Serves one socket until it closes. Whatever a client sends that it may send, its socket stays open and others are not
 * touched.
 */
export function serveClient(socket: WebSocket, { wire, address }: SocketOrigin, parts: ServeParts): void {
  const { tokens } = parts;
  const connection = new ClientConnection(socket, wire, formatOf(socket.protocol), parts.metrics);
  let isRefused = false;
  const refuse = (reason: string): void => {
    isRefused = true;
    connection.closeUnauthenticated(reason);
  };
  const authentication = tokens && new SocketAuthentication(tokens, refuse);
  const fail = (error: unknown): void => {
    parts.log.error({ err: error }, 'a client could not be served');
    connection.closeFailed();
  };
  let admitted = authentication === undefined ? admit(LOCAL_OWNER) : undefined;

  async function admit(owner: string): Promise<ServedClient | undefined> {
    try {
      const client = authentication === undefined ? address : owner;
      if (!parts.limit.enter(client)) {
        connection.closeTooMany();
        return undefined;
      }
      socket.once('close', () => {
        parts.limit.leave(client);
      });
      const store = parts.stores.of(owner);
      const feed = new EventFeed(connection, store.journal);
      socket.once('close', () => {
        parts.broadcaster.leave(owner, feed);
      });
      await parts.broadcaster.join(owner, feed);
      return { owner, store, connection, feed, authentication };
    } catch (error) {
      fail(error);
      return undefined;
    }
  }

  async function answer(frame: Frame): Promise<void> {
    // A client may go on sending, and take its time to close.
    if (isRefused) {
      return;
    }
    const parsed = parseMessage(frame, connection.format);
    if (admitted === undefined && authentication !== undefined) {
      const owner = introducedOwner(parsed, authentication);
      if (owner instanceof ServiceError) {
        refuse(owner.message);
        return;
      }
      admitted = admit(owner);
    }
    const client = await admitted;
    if (client === undefined) {
      return;
    }
    if ('refusal' in parsed) {
      acknowledge(connection, parsed.id, undefined, { ok: false, error: parsed.refusal });
      return;
    }
    const { message } = parsed;
    const answered = await answerSafely(message, client, parts);
    if (message.event === 'connect' && !answered.ok && answered.error.code === 'unauthenticated') {
      refuse(answered.error.message);
      return;
    }
    acknowledge(connection, message.id, sessionOf(message), answered);
  }

  const pace = new MessagePace();
  const inbox = new Inbox(socket, answer, () => pace.wait(), fail);
  socket.on('message', (data, isBinary) => {
    parts.metrics.messageReceived();
    inbox.receive({ bytes: toBuffer(data), isBinary });
  });
  socket.once('close', () => {
    authentication?.end();
  });
}

/** Whose client it is by its first message, or why it is refused. */
function introducedOwner(
  parsed: ReturnType<typeof parseMessage>,
  authentication: SocketAuthentication,
): string | ServiceError {
  try {
    if (!('message' in parsed) || parsed.message.event !== 'connect') {
      return new ServiceError('unauthenticated', 'The first message must be "connect" with a token.');
    }
    return authentication.accept(parsed.message.data?.token).owner;
  } catch (error) {
    if (error instanceof ServiceError) {
      return error;
    }
    throw error;
  }
}

async function answerSafely(
  message: ClientMessage,
  client: ServedClient,
  parts: AnswerParts,
): Promise<Answer> {
  try {
    return await answerMessage(message, client, parts);
  } catch (error) {
    if (error instanceof ServiceError) {
      return { ok: false, error: { code: error.code, message: error.message } };
    }
    parts.log.error({ err: error, event: message.event }, 'a message could not be answered');
    return {
      ok: false,
      error: { code: 'internal', message: `The server failed at "${message.event}". Its log says why.` },
    };
  }
}

/** Tells the sender what became of its message: each one that has an id where that was agreed, otherwise only refusals. */
function acknowledge(
  connection: ClientConnection,
  id: string | undefined,
  sessionId: string | undefined,
  answer: Answer,
): void {
  if (id !== undefined && connection.has('commands')) {
    connection.send({ event: 'ack', data: { id, ...answer } });
  } else if (!answer.ok) {
    connection.send({
      event: 'error',
      ...(sessionId !== undefined && { session_id: sessionId }),
      data: { ...answer.error },
    });
  }
}

function sessionOf(message: ClientMessage): string | undefined {
  return 'session_id' in message && typeof message.session_id === 'string' ? message.session_id : undefined;
}

function toBuffer(frame: RawData): Buffer {
  if (Buffer.isBuffer(frame)) {
    return frame;
  }
  return Array.isArray(frame) ? Buffer.concat(frame) : Buffer.from(frame);
}
