import type { Author } from '../authors/author';
import type { SessionControl } from '../engine/session-control';
import type { Stores } from '../store/store';

/** What the REST routes stand on. */
export interface RestParts {
  readonly stores: Stores;
  readonly control: SessionControl;
  readonly author: Pick<Author, 'provider'>;
}
