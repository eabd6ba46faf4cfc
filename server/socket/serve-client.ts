import type { WebSocket } from '@fastify/websocket';
import type { RawData } from 'ws';
import type { Log } from '../engine/log';
import { ServiceError } from '../service-error';
import { answerMessage, type AnswerParts } from './answer-message';
import type { Broadcaster } from './broadcaster';
import { ClientConnection } from './client-connection';
import { parseMessage } from './parse-message';

/** What a socket is served with. */
export interface ServeParts extends AnswerParts {
  readonly broadcaster: Broadcaster;
  readonly log: Log;
}

/** Serves one socket until it closes. Whatever a client sends, its socket stays open and others are not touched. */
export function serveClient(socket: WebSocket, parts: ServeParts): void {
  const client = new ClientConnection(socket);
  parts.broadcaster.add(client);
  socket.on('close', () => {
    parts.broadcaster.remove(client);
  });
  socket.on('message', (frame, isBinary) => {
    answerFrame(toBuffer(frame), isBinary, client, parts);
  });
}

function answerFrame(frame: Buffer, isBinary: boolean, client: ClientConnection, parts: ServeParts): void {
  const parsed = parseMessage(frame, isBinary);
  if ('refusal' in parsed) {
    client.sendError(parsed.refusal.code, parsed.refusal.reason);
    return;
  }
  const { message } = parsed;
  const sessionId =
    'session_id' in message && typeof message.session_id === 'string' ? message.session_id : undefined;
  try {
    answerMessage(message, client, parts);
  } catch (error) {
    if (error instanceof ServiceError) {
      client.sendError(error.code, error.message, sessionId);
      return;
    }
    parts.log.error({ err: error, event: message.event }, 'a message could not be answered');
    client.sendError('internal', `The server failed at "${message.event}". Its log says why.`, sessionId);
  }
}

function toBuffer(frame: RawData): Buffer {
  if (Buffer.isBuffer(frame)) {
    return frame;
  }
  return Array.isArray(frame) ? Buffer.concat(frame) : Buffer.from(frame);
}
