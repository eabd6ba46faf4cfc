import { Subject } from 'rxjs';
import type { Journal, JournalEntry } from '../../realtime/journal';
import type { Committed, Decision, Facts, OwnerStorage, RecordReads, Scope } from '../storage';
import type { StoredRecords } from '../stored-records';
import type { CommandAnswers } from './command-answers';
import type { GroupCommit } from './group-commit';
import { totalsOf } from './owner-totals';
import { inOneTurn, type SqlDatabase } from './sql-database';
import type { SqlJournals } from './sql-journals';
import { SqlReads } from './sql-reads';
import type { WorkRows } from './work-rows';

/** What all owners share. */
export interface SqlParts {
  readonly database: SqlDatabase;
  readonly records: StoredRecords;
  readonly changes: GroupCommit;
  readonly rows: WorkRows;
  readonly journals: SqlJournals;
  readonly answers: CommandAnswers;
  /** The time that changes are stamped with. */
  readonly clock: () => Date;
}

/** What one owner has in an SQLite database. */
export class SqlOwner implements OwnerStorage {
  readonly #published = new Subject<JournalEntry>();
  readonly published = this.#published.asObservable();
  readonly reads: RecordReads;
  readonly journal: Journal;

  constructor(
    private readonly owner: string,
    private readonly parts: SqlParts,
  ) {
    this.reads = new SqlReads(owner, parts);
    this.journal = parts.journals.of(owner);
  }

  publishedFrom(): Promise<number> {
    return inOneTurn(() => this.parts.journals.newestOf(this.owner));
  }

  commit<T>(scope: Scope, decide: (facts: Facts) => Decision<T>): Promise<Committed<T>> {
    return this.parts.changes.change(() => {
      const facts = this.#load(scope);
      const decision = decide(facts);
      const entries = this.#save(scope, decision, facts.now);
      return {
        decision,
        offset: entries.at(-1)?.offset ?? 0,
        // Changes of one group settle in their order, and so are published in it.
        publish: () => {
          entries.forEach((entry) => {
            this.#published.next(entry);
          });
          return Promise.resolve();
        },
      };
    });
  }

  close(): void {
    this.#published.complete();
  }

  #load({ sessionId, commandId }: Scope): Facts {
    const { database, rows, answers, clock } = this.parts;
    return {
      now: clock().toISOString(),
      work: sessionId === undefined ? undefined : rows.load(this.owner, sessionId),
      sessions: sessionId === undefined ? rows.countSessions(this.owner) : 0,
      bytes: totalsOf(database, this.owner).workBytes,
      answer: commandId === undefined ? undefined : answers.find(this.owner, commandId),
    };
  }

  #save({ commandId }: Scope, decision: Decision<unknown>, now: string): readonly JournalEntry[] {
    const { rows, answers, journals } = this.parts;
    const { edit, events, answer } = decision;
    if (edit !== undefined) {
      rows.save(this.owner, edit);
    }
    if (commandId !== undefined && answer !== undefined) {
      answers.insert(this.owner, commandId, answer, now);
    }
    return events.length === 0 ? [] : journals.append(this.owner, events, now);
  }
}
