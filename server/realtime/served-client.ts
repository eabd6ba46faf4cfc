import type { Store } from '../ports/store';
import type { ClientConnection } from './client-connection';
import type { EventFeed } from './event-feed';
import type { SocketAuthentication } from './socket-authentication';

/** One client as it is served. */
export interface ServedClient {
  readonly owner: string;
  /** What the owner has. */
  readonly store: Store;
  readonly connection: ClientConnection;
  readonly feed: EventFeed;
  /** Undefined where there is no sign-in. */
  readonly authentication: SocketAuthentication | undefined;
}
