import type { Launch } from '../../ports/store';
import type { JournalRetention } from '../../realtime/journal';
import type { AnswerRetention } from '../remembered-answer';
import type { OwnerStorage, Storage } from '../storage';
import type { StoredRecords } from '../stored-records';
import { CommandAnswers } from './command-answers';
import type { DataDirectory } from './data-directory';
import { shrink } from './file-size';
import { GroupCommit } from './group-commit';
import { markSchemaVersion } from './schema';
import { SetAside } from './set-aside';
import { inOneTurn, type SqlDatabase } from './sql-database';
import type { SqlJournals } from './sql-journals';
import { SqlOwner, type SqlParts } from './sql-owner';
import { WorkRows } from './work-rows';

/** Pages that one step of `trim` may give back to the disk: 1 MiB. */
const PAGES_STEP = 256;

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
  readonly answerRetention: AnswerRetention;
  readonly directory: DataDirectory;
  /** Brings everything into the database file alone. @returns whether it could */
  readonly saveChanges: () => boolean;
  /** Lets other servers use the directory. */
  readonly release: () => void;
}

/** The state of all owners, in one SQLite database. `openSqlStores` opens it. */
export class SqlStorage implements Storage {
  readonly #owners: SqlOwner[] = [];
  readonly #parts: SqlParts;
  /** Rows that the check at the start could not place. */
  readonly #lost: number;

  constructor(private readonly parts: SqlStorageParts) {
    const { database, directory, records } = parts;
    this.#lost = new SetAside(database).lost;
    this.#parts = {
      ...parts,
      changes: new GroupCommit(database, directory),
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

  get warnings(): readonly string[] {
    return [
      ...this.parts.directory.warnings,
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
    const { clock, database } = this.parts;
    return changes.change(() => {
      const isMoreInJournals = journals.trim(clock());
      const isMoreInAnswers = answers.trim(clock());
      return isMoreInJournals || isMoreInAnswers || shrink(database, PAGES_STEP);
    });
  }

  async check(): Promise<void> {
    const { database, directory } = this.parts;
    await this.#parts.changes.change(() => {
      markSchemaVersion(database);
    });
    directory.mustHaveRoom();
  }

  close(): Promise<void> {
    const { database, directory, release, saveChanges } = this.parts;
    return inOneTurn(() => {
      try {
        this.#parts.changes.flush();
        // libsql may keep its connection for as long as the process: leave everything in the one file now.
        if (directory.isInPlace) {
          saveChanges();
        }
      } finally {
        this.#owners.forEach((owner) => {
          owner.close();
        });
        database.close();
        release();
      }
    });
  }
}
