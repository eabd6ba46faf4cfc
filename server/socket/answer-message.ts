import { randomUUID } from 'node:crypto';
import { CAPABILITIES, type ClientMessage, type Subscribed } from '@creative-autogpt/protocol';
import type { Engine } from '../engine/engine';
import type { Store } from '../store/store';
import type { ClientConnection } from './client-connection';

/** What messages are answered from. */
export interface AnswerParts {
  readonly store: Store;
  readonly engine: Engine;
}

/**
 * Does what a message asks for and answers it. Nothing here waits: an answer stands in the stream exactly where its
 * content was read.
 *
 * @throws ServiceError when the message cannot be followed.
 */
export function answerMessage(message: ClientMessage, client: ClientConnection, parts: AnswerParts): void {
  switch (message.event) {
    case 'connect':
      connect(message, client);
      return;
    case 'ping':
      client.send({ event: 'pong' });
      return;
    case 'subscribe': {
      const answer = subscribed(message.session_id, parts);
      client.subscriptions.add(message.session_id);
      client.send(answer);
      return;
    }
    case 'unsubscribe':
      client.subscriptions.remove(message.session_id);
      client.send({ event: 'unsubscribed', ...about(message.session_id) });
      return;
    case 'start':
    case 'pause':
    case 'resume':
    case 'stop':
      parts.engine[message.event](message.session_id);
  }
}

function connect({ data }: Extract<ClientMessage, { event: 'connect' }>, client: ClientConnection): void {
  const asked = data?.capabilities ?? [];
  client.capabilities = CAPABILITIES.filter((capability) => asked.includes(capability));
  client.send({
    event: 'connected',
    data: { client_id: data?.client_id ?? randomUUID(), capabilities: [...client.capabilities] },
  });
}

function subscribed(sessionId: string | undefined, { store, engine }: AnswerParts): Subscribed {
  if (sessionId === undefined) {
    return { event: 'subscribed' };
  }
  return {
    event: 'subscribed',
    session_id: sessionId,
    data: {
      session: store.findSession(sessionId),
      progress: store.progressOf(sessionId),
      writing: engine.writing(sessionId),
    },
  };
}

function about(sessionId: string | undefined): { session_id?: string } {
  return sessionId === undefined ? {} : { session_id: sessionId };
}
