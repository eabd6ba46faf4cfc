import type { ServerEvent, TaskChunk } from '@creative-autogpt/protocol';
import { Subscription, type Observable } from 'rxjs';
import type { Log } from '../engine/log';
import type { ClientConnection } from './client-connection';

/** Passes what happens on to the clients that want it. An event is made into text once, however many those are. */
export class Broadcaster {
  readonly #connections = new Set<ClientConnection>();
  readonly #sources = new Subscription();

  constructor(announcements: Observable<ServerEvent>, chunks: Observable<TaskChunk>, log: Log) {
    const error = (reason: unknown): void => {
      log.error({ err: reason }, 'clients receive no more updates');
    };
    const announce = (event: ServerEvent): void => {
      const { session_id: sessionId } = event;
      this.#send(event, (client) => wantsUpdate(client, sessionId));
    };
    const stream = (chunk: TaskChunk): void => {
      this.#send(chunk, (client) => wantsChunk(client, chunk));
    };
    this.#sources.add(announcements.subscribe({ next: announce, error }));
    this.#sources.add(chunks.subscribe({ next: stream, error }));
  }

  add(connection: ClientConnection): void {
    this.#connections.add(connection);
  }

  remove(connection: ClientConnection): void {
    this.#connections.delete(connection);
  }

  close(): void {
    this.#sources.unsubscribe();
    this.#connections.clear();
  }

  #send(event: ServerEvent, isWantedBy: (client: ClientConnection) => boolean): void {
    let text: string | undefined;
    for (const connection of this.#connections) {
      if (isWantedBy(connection)) {
        text ??= JSON.stringify(event);
        connection.sendText(text);
      }
    }
  }
}

/** An event that names no session concerns everybody. */
function wantsUpdate({ subscriptions }: ClientConnection, sessionId: unknown): boolean {
  return typeof sessionId !== 'string' || subscriptions.wantsUpdatesOf(sessionId);
}

function wantsChunk({ capabilities, subscriptions }: ClientConnection, chunk: TaskChunk): boolean {
  return capabilities.includes('streaming') && subscriptions.wantsTextOf(chunk.session_id);
}
