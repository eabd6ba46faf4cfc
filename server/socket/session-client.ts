import type { Approve, Command, GiveFeedback, SessionMessage, Subscribed } from '@creative-autogpt/protocol';
import type { Steering } from '../domain/work';
import type { Engine } from '../engine/engine';
import type { Store } from '../ports/store';
import type { WritingBoard } from '../ports/writing-board';
import type { Answer, Client, ClientHandler } from '../realtime/application';
import type { JournalEntry } from '../realtime/journal';
import { type SentChunk, Subscriptions } from './subscriptions';

/** What messages are answered from. */
export interface SessionClientParts {
  readonly engine: Pick<Engine, 'obey' | 'obeyOnce'>;
  readonly board: Pick<WritingBoard, 'textOf'>;
  /** What the client's owner has. */
  readonly store: Pick<Store, 'snapshot'>;
}

type SteeringMessage = Command | Approve | GiveFeedback;

const DONE: Answer = { ok: true };

/** Serves one client: its commands to sessions, and its subscriptions to them. */
export class SessionClient implements ClientHandler<SessionMessage, SentChunk> {
  readonly #subscriptions = new Subscriptions();

  constructor(
    private readonly client: Client,
    private readonly parts: SessionClientParts,
  ) {}

  wantsEvent(entry: JournalEntry): boolean {
    return this.#subscriptions.wantsEvent(entry);
  }

  wantsTransient(chunk: SentChunk, after: number): boolean {
    return this.#subscriptions.wantsTransient(chunk, after);
  }

  /** @throws ServiceError when the message cannot be followed. */
  async answer(message: SessionMessage): Promise<Answer> {
    switch (message.event) {
      case 'subscribe':
        await this.#subscribe(message.session_id);
        return DONE;
      case 'unsubscribe':
        this.#subscriptions.remove(message.session_id);
        this.client.send({ event: 'unsubscribed', ...about(message.session_id) });
        return DONE;
      case 'start':
      case 'pause':
      case 'resume':
      case 'stop':
      case 'approve':
      case 'feedback':
        return this.#steer(message);
    }
  }

  async #steer(message: SteeringMessage): Promise<Answer> {
    const { client } = this;
    const { engine } = this.parts;
    const { id, session_id: sessionId } = message;
    const steering = steeringOf(message);
    if (id !== undefined && client.has('commands')) {
      return engine.obeyOnce(client.owner, { id, command: JSON.stringify(steering), sessionId }, steering);
    }
    await engine.obey(client.owner, sessionId, steering);
    return DONE;
  }

  async #subscribe(sessionId: string | undefined): Promise<void> {
    const { client } = this;
    const { board, store } = this.parts;
    if (sessionId === undefined) {
      this.#subscriptions.add(undefined);
      client.send({ event: 'subscribed' });
      return;
    }
    await client.sendState(
      async () => {
        // The text first: what is written after it was read waits, and follows the answer.
        const { text, number } = await board.textOf(client.owner, sessionId);
        return { ...(await store.snapshot(sessionId)), text, number };
      },
      ({ session, progress, offset, text, number }): Subscribed => {
        const currentTaskId = progress.current_task_id ?? null;
        this.#subscriptions.add(sessionId);
        this.#subscriptions.told(sessionId, { upTo: number, offset, currentTaskId });
        const writing = text?.task_id === currentTaskId ? text : null;
        return { event: 'subscribed', session_id: sessionId, data: { session, progress, writing } };
      },
    );
  }
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

/** The field that says which session a message is about; none where it is about all. */
export function about(sessionId: string | undefined): { session_id?: string } {
  return sessionId === undefined ? {} : { session_id: sessionId };
}
