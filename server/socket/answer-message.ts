import type { ClientMessage, Subscribed } from '@creative-autogpt/protocol';
import type { Engine } from '../engine/engine';
import type { Log } from '../ports/log';
import type { Steering } from '../domain/work';
import type { WritingBoard } from '../ports/writing-board';
import { ServiceError } from '../domain/service-error';
import type { Answer } from '../ports/store';
import { answerConnect } from '../realtime/answer-connect';
import type { ServedClient } from '../realtime/served-client';

/** What messages are answered from. */
export interface AnswerParts {
  readonly engine: Pick<Engine, 'obey' | 'obeyOnce'>;
  readonly board: Pick<WritingBoard, 'textOf'>;
  readonly log: Log;
}

type SteeringMessage = Extract<ClientMessage, { session_id: string }>;
type SubscribeMessage = Extract<ClientMessage, { event: 'subscribe' }>;

const DONE: Answer = { ok: true };

/**
 * Does what a message asks for and answers it.
 *
 * @returns what became of it, for who wants it acknowledged
 * @throws ServiceError when the message cannot be followed.
 */
export async function answerMessage(
  message: ClientMessage,
  client: ServedClient,
  parts: AnswerParts,
): Promise<Answer> {
  const { connection } = client;
  switch (message.event) {
    case 'connect':
      await answerConnect(message, client);
      return DONE;
    case 'authenticate':
      authenticate(message.data.token, client);
      return DONE;
    case 'ping': {
      const ts = connection.has('round-trip') ? message.data?.ts : undefined;
      connection.send({ event: 'pong', ...(ts !== undefined && { data: { ts } }) });
      return DONE;
    }
    case 'subscribe':
      await subscribe(message, client, parts);
      return DONE;
    case 'unsubscribe':
      connection.subscriptions.remove(message.session_id);
      connection.send({ event: 'unsubscribed', ...about(message.session_id) });
      return DONE;
    case 'start':
    case 'pause':
    case 'resume':
    case 'stop':
    case 'approve':
    case 'feedback':
      return steer(message, client, parts);
  }
}

async function steer(
  message: SteeringMessage,
  client: ServedClient,
  { engine }: AnswerParts,
): Promise<Answer> {
  const { owner, connection } = client;
  const { id, session_id: sessionId } = message;
  const steering = steeringOf(message);
  if (id !== undefined && connection.has('commands')) {
    return engine.obeyOnce(owner, { id, command: JSON.stringify(steering), sessionId }, steering);
  }
  await engine.obey(owner, sessionId, steering);
  return DONE;
}

function steeringOf(message: SteeringMessage): Steering {
  switch (message.event) {
    case 'approve': {
      const { task_id: taskId, action, feedback } = message.data;
      return { event: 'approve', taskId, decision: { action, ...(feedback !== undefined && { feedback }) } };
    }
    case 'feedback':
      return {
        event: 'feedback',
        message: message.data.message,
        taskId: message.data.task_id ?? null,
      };
    case 'start':
    case 'pause':
    case 'resume':
    case 'stop':
      return { event: message.event };
  }
}

function authenticate(token: string, { authentication, connection }: ServedClient): void {
  if (authentication === undefined) {
    throw new ServiceError('unknown_event', 'This server does not know the event "authenticate".');
  }
  const { expiresAt } = authentication.accept(token);
  connection.send({ event: 'authenticated', data: { expires_at: expiresAt } });
}

/**
 * The answer stands in the stream exactly where its state was read: what happened before is sent before it, what happens
 * after follows it, and so does the text.
 */
async function subscribe(
  { session_id: sessionId }: SubscribeMessage,
  { connection, feed, store, owner }: ServedClient,
  { board }: AnswerParts,
): Promise<void> {
  if (sessionId === undefined) {
    connection.subscriptions.add(undefined);
    connection.send({ event: 'subscribed' });
    return;
  }
  feed.hold();
  try {
    // The text first: what is written of the task that the session turns out to be at comes after it, and is held.
    const { text, number } = await board.textOf(owner, sessionId);
    const { session, progress, offset } = await store.snapshot(sessionId);
    await feed.catchUp(offset);
    connection.subscriptions.add(sessionId);
    const currentTaskId = progress.current_task_id ?? null;
    feed.skipChunks(sessionId, number, currentTaskId);
    const writing = text?.task_id === currentTaskId ? text : null;
    const answer: Subscribed = {
      event: 'subscribed',
      session_id: sessionId,
      data: { session, progress, writing },
    };
    connection.send(answer);
  } finally {
    await feed.release();
  }
}

function about(sessionId: string | undefined): { session_id?: string } {
  return sessionId === undefined ? {} : { session_id: sessionId };
}
