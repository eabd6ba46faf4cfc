import type { ClientConnection } from './client-connection';
import type { EventFeed } from './event-feed';
import type { Inbox } from './inbox';

/** One client as it is served. */
export interface ServedClient {
  readonly connection: ClientConnection;
  readonly feed: EventFeed;
  readonly inbox: Inbox;
}
