import type { Writable } from 'node:stream';
import type { ClientMessage } from '@creative-autogpt/protocol';
import type { WebSocket } from '@fastify/websocket';
import type { RawData } from 'ws';
import { ServiceError } from '../service-error';
import type { Answer } from '../store/store';
import { answerMessage, type AnswerParts } from './answer-message';
import type { Broadcaster } from './broadcaster';
import { ClientConnection } from './client-connection';
import { EventFeed } from './event-feed';
import { type Frame, Inbox } from './inbox';
import { parseMessage } from './parse-message';
import type { ServedClient } from './served-client';
import { formatOf } from './subprotocols';

/** What a socket is served with. */
export interface ServeParts extends AnswerParts {
  readonly broadcaster: Broadcaster;
}

/**
 * Serves one socket until it closes. Whatever a client sends, its socket stays open and others are not touched.
 *
 * @param wire what the socket stands on
 */
export function serveClient(socket: WebSocket, wire: Writable, parts: ServeParts): void {
  const connection = new ClientConnection(socket, wire, formatOf(socket.protocol));
  const feed = new EventFeed(connection, parts.store.journal);
  const inbox = new Inbox(socket, (frame) => {
    answerFrame(frame, client, parts);
  });
  const client = { connection, feed, inbox };
  parts.broadcaster.add(feed);
  socket.on('close', () => {
    parts.broadcaster.remove(feed);
  });
  socket.on('message', (data, isBinary) => {
    inbox.receive({ bytes: toBuffer(data), isBinary });
  });
}

function answerFrame(frame: Frame, client: ServedClient, parts: AnswerParts): void {
  const { connection } = client;
  const parsed = parseMessage(frame, connection.format);
  if ('refusal' in parsed) {
    acknowledge(connection, parsed.id, undefined, { ok: false, error: parsed.refusal });
    return;
  }
  const { message } = parsed;
  const sessionId =
    'session_id' in message && typeof message.session_id === 'string' ? message.session_id : undefined;
  acknowledge(connection, message.id, sessionId, answerSafely(message, client, parts));
}

function answerSafely(message: ClientMessage, client: ServedClient, parts: AnswerParts): Answer {
  try {
    return answerMessage(message, client, parts);
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

function toBuffer(frame: RawData): Buffer {
  if (Buffer.isBuffer(frame)) {
    return frame;
  }
  return Array.isArray(frame) ? Buffer.concat(frame) : Buffer.from(frame);
}
