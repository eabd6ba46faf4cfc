import type { Author } from '../authors/author';
import type { SessionControl } from '../engine/session-control';
import type { Store } from '../store/store';

/** What the REST routes stand on. */
export interface RestParts {
  readonly store: Store;
  readonly control: SessionControl;
  readonly author: Pick<Author, 'provider'>;
}
