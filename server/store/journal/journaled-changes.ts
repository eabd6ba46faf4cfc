import type { Observable } from 'rxjs';
import type { SqlDatabase } from '../sql-database';
import { Announcer } from './announcer';
import type { AnnouncedEvent, Announcement } from './journal';
import type { SqlJournal } from './sql-journal';

/** What a change leaves to tell: its answer, and the events for everybody. */
export interface Change<T> {
  readonly result: T;
  readonly events: readonly AnnouncedEvent[];
}

/**
 * Commits a change together with the journal entries that tell about it, and announces those afterwards: what was
 * announced is on disk, and what is on disk is announced or, after a crash, in the journal.
 */
export class JournaledChanges {
  readonly #announcer = new Announcer<Announcement>();
  readonly #uncommitted: Announcement[] = [];

  /** Hot; completes on `close`, never errors. */
  readonly announcements: Observable<Announcement> = this.#announcer.items;

  constructor(
    private readonly database: SqlDatabase,
    private readonly journal: SqlJournal,
    private readonly clock: () => Date,
  ) {}

  /** Does all of `work` or, when it throws, nothing. */
  commit<T>(work: () => Change<T>): T {
    return this.commitTogether(() => {
      const { result, events } = work();
      const now = this.clock();
      this.#uncommitted.push(...events.map((event) => this.journal.append(event, now)));
      return result;
    });
  }

  /** Does all of `work` or, when it throws, nothing: what it commits becomes part of one commit, here at the end. */
  commitTogether<T>(work: () => T): T {
    const before = this.#uncommitted.length;
    let result: T;
    try {
      result = this.database.transaction(work);
    } catch (error) {
      this.#uncommitted.length = before;
      throw error;
    }
    if (!this.database.isInTransaction) {
      this.#announcer.announce(this.#uncommitted.splice(0));
    }
    return result;
  }

  close(): void {
    this.#announcer.close();
  }
}
