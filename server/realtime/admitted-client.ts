import type { Application, Client, ClientHandler, Message, ServerMessage, Transient } from './application';
import type { Channel } from './channels';
import type { ClientConnection } from './client-connection';
import { ClientFeed } from './client-feed';

/** What a client is reached by, and what is told there. */
export interface ClientParts<T extends Transient> {
  readonly connection: ClientConnection;
  readonly channel: Channel<T>;
  /** Settles when it is the client's turn to be served. */
  readonly turn: () => Promise<void>;
}

/** A client whose owner is known: it is told what happens, and its messages are answered. */
export class AdmittedClient<M extends Message, T extends Transient> implements Client {
  readonly handler: ClientHandler<M, T>;
  readonly feed: ClientFeed<T>;
  readonly connection: ClientConnection;
  readonly channel: Channel<T>;

  constructor(
    readonly owner: string,
    { connection, channel, turn }: ClientParts<T>,
    application: Application<M, T>,
  ) {
    this.connection = connection;
    this.channel = channel;
    this.handler = application.serve(this);
    this.feed = new ClientFeed(connection, { journal: channel.journal, turn }, this.handler);
  }

  /** Settles once the client is told what happens from now on. */
  join(): Promise<void> {
    return this.channel.join(this.feed);
  }

  leave(): void {
    this.channel.leave(this.feed);
  }

  has(capability: string): boolean {
    return this.connection.has(capability);
  }

  send(message: ServerMessage): void {
    this.connection.send(message);
  }

  async sendState<S extends { readonly offset: number }>(
    read: () => Promise<S>,
    toMessage: (state: S) => ServerMessage,
  ): Promise<void> {
    this.feed.hold();
    try {
      const state = await read();
      await this.feed.sendState(state.offset, () => toMessage(state));
    } finally {
      await this.feed.release();
    }
  }
}
