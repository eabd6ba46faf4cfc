import type { Launch } from '../../ports/store';
import type { JournalRetention } from '../../realtime/journal';
import type { OwnerStorage, Storage } from '../storage';
import type { StoredRecords } from '../stored-records';
import { CommandAnswers } from './command-answers';
import { GroupCommit } from './group-commit';
import { markSchemaVersion } from './schema';
import { SetAside } from './set-aside';
import type { ServerLock } from './server-lock';
import { inOneTurn, type SqlDatabase } from './sql-database';
import type { SqlJournals } from './sql-journals';
import { SqlOwner, type SqlParts } from './sql-owner';
import { WorkRows } from './work-rows';

/** Entries that one step of `trim` may drop. */
const TRIM_STEP = 500;

const HAVE_IT_REPAIRED = 'Stop the server and run npm run check -- --repair, or restore a backup.';
const DAMAGED_FILE = `The database file is damaged: some requests fail. ${HAVE_IT_REPAIRED}`;

/** What the storage is made of. */
export interface SqlStorageParts {
  /** Its tables are those of `SCHEMA_VERSION`; it is closed with the storage. */
  readonly database: SqlDatabase;
  readonly journals: SqlJournals;
  readonly records: StoredRecords;
  /** The time that changes are stamped with. */
  readonly clock: () => Date;
  readonly retention: JournalRetention;
  /** Released with the storage. */
  readonly lock: ServerLock;
}

/** The state of all owners, in one SQLite database. `openSqlStores` opens it. */
export class SqlStorage implements Storage {
  readonly #owners: SqlOwner[] = [];
  readonly #parts: SqlParts;
  /** Rows that the check at the start could not place. */
  readonly #lost: number;

  constructor(private readonly parts: SqlStorageParts) {
    const { database, records } = parts;
    this.#lost = new SetAside(database).lost;
    this.#parts = {
      ...parts,
      changes: new GroupCommit(database),
      rows: new WorkRows(database, records),
      answers: new CommandAnswers(database),
    };
  }

  of(owner: string): OwnerStorage {
    const storage = new SqlOwner(owner, this.#parts);
    this.#owners.push(storage);
    return storage;
  }

  onRunsEndedElsewhere(): void {
    // There is no other process.
  }

  get warnings(): readonly string[] {
    return [
      ...(this.parts.database.isDamaged ? [DAMAGED_FILE] : []),
      ...(this.#lost === 0
        ? []
        : [`Damaged rows of which it is not known where they belong: ${this.#lost}. ${HAVE_IT_REPAIRED}`]),
    ];
  }

  toBeRun(): Promise<readonly Launch[]> {
    return inOneTurn(() => this.#parts.rows.toBeRun());
  }

  trim(): Promise<boolean> {
    const { changes, answers, journals } = this.#parts;
    const { retention, clock } = this.parts;
    return changes.change(() => {
      const isMoreInJournals = journals.trim(retention, clock(), TRIM_STEP);
      const isMoreInAnswers = answers.trim(clock(), TRIM_STEP) === TRIM_STEP;
      return isMoreInJournals || isMoreInAnswers;
    });
  }

  check(): Promise<void> {
    return inOneTurn(() => {
      markSchemaVersion(this.parts.database);
    });
  }

  close(): Promise<void> {
    const { database, lock } = this.parts;
    return inOneTurn(() => {
      try {
        this.#parts.changes.flush();
        // libsql may keep its connection for as long as the process: leave everything in the one file now.
        database.execute('PRAGMA wal_checkpoint(TRUNCATE)');
      } finally {
        this.#owners.forEach((owner) => {
          owner.close();
        });
        database.close();
        lock.release();
      }
    });
  }
}
