import type { Launch } from '../../ports/store';
import type { AnswerRetention } from '../remembered-answer';
import type { OwnerStorage, Storage } from '../storage';
import type { StoredRecords } from '../stored-records';
import { CommandAnswers } from './command-answers';
import { shrink } from './file-size';
import { GroupCommit } from './group-commit';
import { markSchemaVersion } from './schema';
import type { ServerLock } from './server-lock';
import { inOneTurn, type SqlDatabase } from './sql-database';
import type { SqlJournals } from './sql-journals';
import { SqlOwner, type SqlParts } from './sql-owner';
import { WorkRows } from './work-rows';

/** Pages that one step of `trim` may give back to the disk: 1 MiB. */
const PAGES_STEP = 256;

/** What the storage is made of. */
export interface SqlStorageParts {
  /** Its tables are those of `SCHEMA_VERSION`; it is closed with the storage. */
  readonly database: SqlDatabase;
  readonly journals: SqlJournals;
  readonly records: StoredRecords;
  /** The time that changes are stamped with. */
  readonly clock: () => Date;
  readonly answerRetention: AnswerRetention;
  /** Released with the storage. */
  readonly lock: ServerLock;
}

/** The state of all owners, in one SQLite database. `openSqlStores` opens it. */
export class SqlStorage implements Storage {
  readonly warnings: readonly string[] = [];
  readonly #owners: SqlOwner[] = [];
  readonly #parts: SqlParts;

  constructor(private readonly parts: SqlStorageParts) {
    const { database, records } = parts;
    this.#parts = {
      ...parts,
      changes: new GroupCommit(database),
      rows: new WorkRows(database, records),
      answers: new CommandAnswers(database, parts.answerRetention),
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

  toBeRun(): Promise<readonly Launch[]> {
    return inOneTurn(() => this.#parts.rows.toBeRun());
  }

  trim(): Promise<boolean> {
    const { changes, answers, journals } = this.#parts;
    const { clock, database } = this.parts;
    return changes.change(() => {
      const isMoreInJournals = journals.trim(clock());
      const isMoreInAnswers = answers.trim(clock());
      return isMoreInJournals || isMoreInAnswers || shrink(database, PAGES_STEP);
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
