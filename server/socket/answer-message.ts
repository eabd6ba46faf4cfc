import type { ClientMessage, Subscribed } from '@creative-autogpt/protocol';
import type { Engine } from '../engine/engine';
import type { Log } from '../engine/log';
import type { Answer, Store } from '../store/store';
import { answerConnect } from './answer-connect';
import type { ServedClient } from './served-client';

/** What messages are answered from. */
export interface AnswerParts {
  readonly store: Store;
  readonly engine: Engine;
  readonly log: Log;
}

const DONE: Answer = { ok: true };

/**
 * Does what a message asks for and answers it. Nothing here waits: an answer stands in the stream exactly where its
 * content was read.
 *
 * @returns what became of it, for who wants it acknowledged
 * @throws ServiceError when the message cannot be followed.
 */
export function answerMessage(message: ClientMessage, client: ServedClient, parts: AnswerParts): Answer {
  const { store, engine, log } = parts;
  const { connection } = client;
  switch (message.event) {
    case 'connect':
      answerConnect(message, client, { journal: store.journal, log });
      return DONE;
    case 'ping': {
      const ts = connection.has('round-trip') ? message.data?.ts : undefined;
      connection.send({ event: 'pong', ...(ts !== undefined && { data: { ts } }) });
      return DONE;
    }
    case 'subscribe': {
      const answer = subscribed(message.session_id, parts);
      connection.subscriptions.add(message.session_id);
      connection.send(answer);
      return DONE;
    }
    case 'unsubscribe':
      connection.subscriptions.remove(message.session_id);
      connection.send({ event: 'unsubscribed', ...about(message.session_id) });
      return DONE;
    case 'start':
    case 'pause':
    case 'resume':
    case 'stop': {
      const { id, event: command, session_id: sessionId } = message;
      if (id !== undefined && connection.has('commands')) {
        return engine.obeyOnce({ id, command, sessionId });
      }
      engine[command](sessionId);
      return DONE;
    }
  }
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
