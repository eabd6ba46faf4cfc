import { Subject } from 'rxjs';
import type { Log } from '../../ports/log';
import type { JournalRetention } from '../../realtime/journal';
import { AppendedEvents } from '../appended-events';
import type { DamagedCount, EndedRun, Launch, Store, Stores } from '../../ports/store';
import { StoredRecords } from '../stored-records';
import { CommandAnswers } from './command-answers';
import { GroupCommit } from './group-commit';
import { markSchemaVersion } from './schema';
import type { ServerLock } from './server-lock';
import type { SqlDatabase } from './sql-database';
import type { SqlJournals } from './sql-journals';
import { SqlStore } from './sql-store';
import { WorkRows } from './work-rows';

/** Entries that one step of `trim` may drop. */
const TRIM_STEP = 500;

/** What the stores are made of. */
export interface SqlStoresParts {
  /** Its tables are those of `SCHEMA_VERSION`; it is closed with the stores. */
  readonly database: SqlDatabase;
  readonly journals: SqlJournals;
  /** The time that changes are stamped with. */
  readonly clock: () => Date;
  readonly retention: JournalRetention;
  /** Most sessions of one owner. */
  readonly maxSessions: number;
  /** Is told of what is damaged. */
  readonly log: Pick<Log, 'error'>;
  /** Released with the stores. */
  readonly lock: ServerLock;
}

/** What the server remembers, in one SQLite database. `openSqlStores` opens it. */
export class SqlStores implements Stores {
  readonly #stores = new Map<string, SqlStore>();
  readonly #endedRuns = new Subject<EndedRun>();
  readonly #appended = new AppendedEvents();
  readonly #changes: GroupCommit;
  readonly #records: StoredRecords;
  readonly #rows: WorkRows;
  readonly #answers: CommandAnswers;

  readonly endedRuns = this.#endedRuns.asObservable();
  readonly appended = this.#appended.events;

  constructor(private readonly parts: SqlStoresParts) {
    this.#changes = new GroupCommit(parts.database);
    this.#records = new StoredRecords(parts.log);
    this.#rows = new WorkRows(parts.database, this.#records);
    this.#answers = new CommandAnswers(parts.database);
  }

  get damagedRecords(): DamagedCount {
    return this.#records.damagedCount;
  }

  of(owner: string): Store {
    const known = this.#stores.get(owner);
    if (known !== undefined) {
      return known;
    }
    const store = new SqlStore(owner, {
      ...this.parts,
      changes: this.#changes,
      rows: this.#rows,
      answers: this.#answers,
      endRun: (ended) => {
        this.#endedRuns.next(ended);
      },
      appended: this.#appended.add,
    });
    this.#stores.set(owner, store);
    return store;
  }

  toBeRun(): Promise<readonly Launch[]> {
    return new Promise((resolve) => {
      resolve(this.#rows.toBeRun());
    });
  }

  trim(): Promise<boolean> {
    const { journals, retention, clock } = this.parts;
    return this.#changes.change(() => {
      const isMoreInJournals = journals.trim(retention, clock(), TRIM_STEP);
      const isMoreInAnswers = this.#answers.trim(clock(), TRIM_STEP) === TRIM_STEP;
      return { result: isMoreInJournals || isMoreInAnswers, afterwards: () => undefined };
    });
  }

  check(): Promise<void> {
    return new Promise((resolve) => {
      markSchemaVersion(this.parts.database);
      resolve();
    });
  }

  close(): Promise<void> {
    return new Promise((resolve) => {
      const { database, lock } = this.parts;
      try {
        this.#changes.flush();
        // libsql may keep its connection for as long as the process: leave everything in the one file now.
        database.execute('PRAGMA wal_checkpoint(TRUNCATE)');
      } finally {
        for (const store of this.#stores.values()) {
          store.close();
        }
        database.close();
        lock.release();
      }
      resolve();
    });
  }
}
