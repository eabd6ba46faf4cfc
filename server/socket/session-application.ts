import { SessionMessage } from '@creative-autogpt/protocol';
import { map } from 'rxjs';
import { ServiceError } from '../domain/service-error';
import type { Engine } from '../engine/engine';
import type { Stores } from '../ports/store';
import type { WritingBoard } from '../ports/writing-board';
import type { Application } from '../realtime/application';
import { about, SessionClient } from './session-client';
import type { SentChunk } from './subscriptions';

/** What the sockets need of the server. */
export interface SessionParts {
  readonly stores: Stores;
  readonly engine: Pick<Engine, 'obey' | 'obeyOnce'>;
  readonly board: Pick<WritingBoard, 'chunksOf' | 'textOf'>;
}

/** Whoever agreed to it is sent the texts of the sessions it subscribed to. */
const STREAMING = 'streaming';

/**
 * Creative AutoGPT on the connections: its commands go to the engine, its updates and texts to the clients.
 */
export function sessionApplication({
  stores,
  engine,
  board,
}: SessionParts): Application<SessionMessage, SentChunk> {
  return {
    capabilities: [STREAMING],
    messages: SessionMessage,
    sourceOf: (owner) => {
      const store = stores.of(owner);
      return {
        journal: store.journal,
        entries: store.published,
        publishedFrom: () => store.publishedFrom(),
        transients: board
          .chunksOf(owner)
          .pipe(
            map(({ chunk, number, after }) => ({ message: chunk, number, after, capability: STREAMING })),
          ),
      };
    },
    serve: (client) => new SessionClient(client, { engine, board, store: stores.of(client.owner) }),
    subjectOf: ({ session_id: sessionId }) => about(sessionId),
    refusalOf: (error) => (error instanceof ServiceError ? error : undefined),
  };
}
