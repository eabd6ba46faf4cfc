import { randomUUID } from 'node:crypto';
import type { Overview, Progress, Session, Task } from '@creative-autogpt/protocol';
import type { Observable } from 'rxjs';
import { ServiceError } from '../../domain/service-error';
import { type AnnouncedEvent, sessionDeleted, sessionUpdate } from '../../domain/announced-events';
import { type NewSession, newSession } from '../../domain/new-work';
import { progressOf } from '../../domain/progress-of';
import { toSession } from '../../domain/session-record';
import { Work } from '../../domain/work';
import { Announcer } from '../announcer';
import type { Journal, JournalEntry } from '../../realtime/journal';
import { answerAgain } from '../remembered-answer';
import { AFTER_ALL_RUNS } from '../../ports/store';
import type {
  Answer,
  EndedRun,
  NamedCommand,
  Page,
  SessionSnapshot,
  SessionsPageQuery,
  Store,
  TasksPageQuery,
} from '../../ports/store';
import type { CommandAnswers } from './command-answers';
import { countOverview } from './count-overview';
import type { Committed, GroupCommit } from './group-commit';
import type { SqlDatabase } from './sql-database';
import type { SqlJournals } from './sql-journals';
import type { WorkRows } from './work-rows';

/** What the stores of all owners share. */
export interface SqlStoreParts {
  readonly database: SqlDatabase;
  readonly changes: GroupCommit;
  readonly rows: WorkRows;
  readonly journals: SqlJournals;
  readonly answers: CommandAnswers;
  /** The time that changes are stamped with. */
  readonly clock: () => Date;
  /** Most sessions of one owner. */
  readonly maxSessions: number;
  readonly endRun: (ended: EndedRun) => void;
  /** Is told of events that were appended, and the offset of the last. */
  readonly appended: (events: readonly AnnouncedEvent[], offset: number) => void;
}

/** What one owner has in an SQLite database. `openSqlStores` makes them. */
export class SqlStore implements Store {
  readonly #announcer = new Announcer<JournalEntry>();
  readonly announcements: Observable<JournalEntry> = this.#announcer.items;
  readonly journal: Journal;

  constructor(
    private readonly owner: string,
    private readonly parts: SqlStoreParts,
  ) {
    this.journal = parts.journals.of(owner);
  }

  listening(): Promise<number> {
    return this.#reading(() => this.parts.journals.newestOf(this.owner));
  }

  createSession(session: NewSession): Promise<Session> {
    const { rows, maxSessions } = this.parts;
    return this.#commit((now) => {
      if (rows.countSessions(this.owner) >= maxSessions) {
        throw new ServiceError(
          'limit_reached',
          `There are ${maxSessions} sessions already: delete one to make another.`,
        );
      }
      const record = newSession(randomUUID(), session, now);
      rows.insert(this.owner, record);
      const created = toSession(record);
      return { result: created, events: [sessionUpdate(created)] };
    });
  }

  deleteSession(sessionId: string): Promise<void> {
    return this.#commit(() => {
      this.parts.rows.delete(this.owner, sessionId);
      const endedRun = { sessionId, run: AFTER_ALL_RUNS };
      return { result: undefined, events: [sessionDeleted(sessionId)], endedRun };
    });
  }

  change<T>(sessionId: string, work: (work: Work) => T): Promise<T> {
    return this.#commit((now) => this.#changeWork(sessionId, work, now));
  }

  once(
    command: NamedCommand,
    work: (work: Work) => void,
  ): Promise<{ readonly answer: Answer; readonly isRepeated: boolean }> {
    const { answers } = this.parts;
    return this.#commit<{ answer: Answer; isRepeated: boolean }>((now) => {
      const remembered = answers.find(this.owner, command);
      if (remembered !== undefined) {
        return { result: { answer: answerAgain(remembered, command), isRepeated: true }, events: [] };
      }
      const { result: answer, ...changed } = this.#answerOf(command.sessionId, work, now);
      answers.insert(
        this.owner,
        command,
        { command: command.command, session_id: command.sessionId, answer },
        now,
      );
      return { ...changed, result: { answer, isRepeated: false } };
    });
  }

  findSession(sessionId: string): Promise<Session> {
    return this.#reading(() => this.parts.rows.findSession(this.owner, sessionId));
  }

  snapshot(sessionId: string): Promise<SessionSnapshot> {
    const { rows, journals } = this.parts;
    return this.#reading(() => ({
      session: rows.findSession(this.owner, sessionId),
      progress: progressOf(rows.tasksWithoutText(sessionId)),
      offset: journals.newestOf(this.owner),
    }));
  }

  listSessions(query: SessionsPageQuery): Promise<Page<Session>> {
    return this.#reading(() => this.parts.rows.sessionsPage(this.owner, query));
  }

  progressOf(sessionId: string): Promise<Progress> {
    return this.#reading(() => {
      this.parts.rows.findSession(this.owner, sessionId);
      return progressOf(this.parts.rows.tasksWithoutText(sessionId));
    });
  }

  tasksOf(sessionId: string): Promise<readonly Task[]> {
    return this.#reading(() => {
      this.parts.rows.findSession(this.owner, sessionId);
      return this.parts.rows.tasks(sessionId);
    });
  }

  listTasks(query: TasksPageQuery): Promise<Page<Task>> {
    return this.#reading(() => {
      if (query.sessionId !== undefined) {
        this.parts.rows.findSession(this.owner, query.sessionId);
      }
      return this.parts.rows.tasksPage(this.owner, query);
    });
  }

  findTask(taskId: string): Promise<Task> {
    return this.#reading(() => this.parts.rows.findTask(this.owner, taskId));
  }

  overview(): Promise<Overview> {
    return this.#reading(() => countOverview(this.parts.database, this.owner));
  }

  close(): void {
    this.#announcer.close();
  }

  #changeWork<T>(sessionId: string, change: (work: Work) => T, now: string): Change<T> {
    const work = new Work(this.parts.rows.load(this.owner, sessionId), now);
    const result = change(work);
    const { changes } = work;
    this.parts.rows.save(this.owner, changes);
    return {
      result,
      events: changes.events,
      ...(changes.endsRun && { endedRun: { sessionId, run: changes.session.run } }),
    };
  }

  #answerOf(sessionId: string, change: (work: Work) => void, now: string): Change<Answer> {
    try {
      const changed = this.parts.database.transaction(() => this.#changeWork(sessionId, change, now));
      return { ...changed, result: { ok: true } };
    } catch (error) {
      if (error instanceof ServiceError) {
        return { result: { ok: false, error: { code: error.code, message: error.message } }, events: [] };
      }
      throw error;
    }
  }

  #commit<T>(work: (now: string) => Change<T>): Promise<T> {
    const { changes, journals, clock, endRun, appended } = this.parts;
    return changes.change((): Committed<T> => {
      const now = clock().toISOString();
      const { result, events, endedRun } = work(now);
      const entries = events.length === 0 ? [] : journals.append(this.owner, events, now);
      return {
        result,
        afterwards: () => {
          if (endedRun !== undefined) {
            endRun(endedRun);
          }
          appended(events, entries.at(-1)?.offset ?? 0);
          this.#announcer.announce(entries);
        },
      };
    });
  }

  /** Reads what is committed, at once. */
  #reading<T>(read: () => T): Promise<T> {
    return new Promise((resolve) => {
      resolve(read());
    });
  }
}

/** What a change leaves: its result, the events that tell about it, and the run it ended. */
interface Change<T> {
  readonly result: T;
  readonly events: readonly AnnouncedEvent[];
  readonly endedRun?: EndedRun;
}
