import type { Author } from '../authors/author';
import type { SessionControl } from '../ports/session-control';
import type { Stores } from '../ports/store';

/** What the REST routes stand on. */
export interface RestParts {
  readonly stores: Stores;
  readonly control: SessionControl;
  readonly author: Pick<Author, 'provider'>;
}
