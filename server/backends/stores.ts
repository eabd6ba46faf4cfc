import { Subject } from 'rxjs';
import {
  AFTER_ALL_RUNS,
  type AppendedEvent,
  type DamagedCount,
  type EndedRun,
  type Launch,
  type Quota,
  type Store,
  type Stores,
} from '../ports/store';
import { KeptWorks } from './kept-works';
import type { Decision, Storage } from './storage';
import { OwnerStore } from './store';
import type { StoredRecords } from './stored-records';

/** What the server remembers, by owner, in one storage. */
export class StorageStores implements Stores {
  readonly #stores = new Map<string, Store>();
  readonly #works = new KeptWorks();
  readonly #appended = new Subject<AppendedEvent>();
  readonly #endedRuns = new Subject<EndedRun>();

  readonly appended = this.#appended.asObservable();
  readonly endedRuns = this.#endedRuns.asObservable();

  /**
   * @param records those that the storage reads
   * @param quota what one owner may have
   */
  constructor(
    private readonly storage: Storage,
    private readonly records: StoredRecords,
    private readonly quota: Quota,
  ) {
    storage.onRunsEndedElsewhere((ended) => {
      this.#end(ended);
    });
  }

  get damagedRecords(): DamagedCount {
    return this.records.damagedCount;
  }

  of(owner: string): Store {
    const known = this.#stores.get(owner);
    if (known !== undefined) {
      return known;
    }
    const store = new OwnerStore(this.storage.of(owner), this.quota, this.#works, (decision, offset) => {
      this.#noteStored(decision, offset);
    });
    this.#stores.set(owner, store);
    return store;
  }

  toBeRun(): Promise<readonly Launch[]> {
    return this.storage.toBeRun();
  }

  trim(): Promise<boolean> {
    return this.storage.trim();
  }

  check(): Promise<void> {
    return this.storage.check();
  }

  get warnings(): readonly string[] {
    return this.storage.warnings;
  }

  async close(): Promise<void> {
    await this.storage.close();
    this.#endedRuns.complete();
  }

  /**
   * Runs are ended before anything is published, so that no chunk of a run follows the event that ends it.
   */
  #noteStored({ edit, events, endedRun }: Decision<unknown>, last: number): void {
    if (edit !== undefined && 'update' in edit) {
      const { session, tasks } = edit.update;
      tasks.forEach(({ task_id: taskId }) => {
        this.records.forget(session.id, taskId);
      });
    }
    if (endedRun !== undefined) {
      this.#end(endedRun);
    }
    events.forEach((event, index) => {
      this.#appended.next({ event, offset: last - events.length + 1 + index });
    });
  }

  #end(ended: EndedRun): void {
    if (ended.run === AFTER_ALL_RUNS && ended.sessionId !== null) {
      this.records.forget(ended.sessionId);
    }
    this.#endedRuns.next(ended);
  }
}
