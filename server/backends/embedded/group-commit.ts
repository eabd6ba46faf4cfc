import type { SqlDatabase } from './sql-database';

interface WaitingChange {
  /**
   * Makes the change, inside the transaction of its group. @returns what settles it, once the group is on
   * disk
   */
  readonly make: () => () => void;
  readonly reject: (reason: unknown) => void;
}

/** What changes stand on. */
export interface ChangesGround {
  /** @throws ServiceError when nothing can be changed at the moment. */
  mustBeInPlace(): void;
  /** What callers are told of a change that failed. */
  refusalOf(error: unknown): unknown;
  /** Is called when a group is on disk. */
  noteStored(): void;
}

/**
 * Commits the changes that are asked for within one turn of the event loop together, so that a burst costs
 * one write to disk and not one for each. Each of them is still made or refused by itself, in the order in
 * which they were asked for.
 */
export class GroupCommit {
  #waiting: WaitingChange[] = [];

  constructor(
    private readonly database: SqlDatabase,
    private readonly ground: ChangesGround,
  ) {}

  /**
   * Does all of `work` or, when it throws, nothing. Settles when it is on disk, in the order of the calls,
   * with what `work` returned; rejects with what `work` threw, or with why the group could not be written.
   */
  change<T>(work: () => T): Promise<T> {
    return new Promise((resolve, reject) => {
      if (this.#waiting.length === 0) {
        setImmediate(() => {
          this.flush();
        });
      }
      this.#waiting.push({ make: () => this.#make(work, resolve, reject), reject });
    });
  }

  /** Commits what waits now. */
  flush(): void {
    const group = this.#waiting;
    this.#waiting = [];
    if (group.length === 0) {
      return;
    }
    try {
      this.ground.mustBeInPlace();
      const settles = this.database.transaction(() => group.map(({ make }) => make()));
      this.ground.noteStored();
      settles.forEach((settle) => {
        settle();
      });
    } catch (error) {
      const refusal = this.ground.refusalOf(error);
      group.forEach(({ reject }) => {
        reject(refusal);
      });
    }
  }

  #make<T>(work: () => T, resolve: (result: T) => void, reject: (reason: unknown) => void): () => void {
    try {
      const result = this.database.transaction(work);
      return () => {
        resolve(result);
      };
    } catch (error) {
      // A full disk makes SQLite undo the whole group by itself: then nothing of it may be told.
      if (!this.database.isInTransaction) {
        throw error;
      }
      const refusal = this.ground.refusalOf(error);
      return () => {
        reject(refusal);
      };
    }
  }
}
