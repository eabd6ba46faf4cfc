import { randomUUID } from 'node:crypto';
import type {
  Overview,
  Progress,
  Session,
  SessionStatus,
  Task,
  TaskStatus,
} from '@creative-autogpt/protocol';
import type { Observable } from 'rxjs';
import { ServiceError } from '../service-error';
import { progressUpdate, sessionDeleted, sessionUpdate, taskUpdate } from './announced-events';
import { CommandAnswers } from './command-answers';
import { countOverview, countProgress } from './counts';
import type { AnnouncedEvent, Announcement, Journal, JournalRetention } from './journal/journal';
import { type Change, JournaledChanges } from './journal/journaled-changes';
import type { SqlJournal } from './journal/sql-journal';
import { markSchemaVersion } from './schema';
import type { ServerLock } from './server-lock';
import { SessionRows } from './session-rows';
import type { SqlDatabase } from './sql-database';
import type { Answer, NamedCommand, NewSession, Page, PlannedTask, Store, TaskOutcome } from './store';
import { TaskRows } from './task-rows';
import { TaskTransitions } from './task-transitions';

/** Entries that one step of `trim` may drop. */
const TRIM_STEP = 500;

/** What the store is made of. */
export interface SqlStoreParts {
  /** Its tables are those of `SCHEMA_VERSION`; it is closed with the store. */
  readonly database: SqlDatabase;
  readonly journal: SqlJournal;
  /** The time that changes are stamped with. */
  readonly clock: () => Date;
  readonly retention: JournalRetention;
  /** Released with the store. */
  readonly lock: ServerLock;
}

/** The store in an SQLite database. `openStore` makes one. */
export class SqlStore implements Store {
  readonly announcements: Observable<Announcement>;
  readonly journal: Journal;
  readonly #parts: SqlStoreParts;
  readonly #database: SqlDatabase;
  readonly #changes: JournaledChanges;
  readonly #sessions: SessionRows;
  readonly #tasks: TaskRows;
  readonly #transitions: TaskTransitions;
  readonly #commandAnswers: CommandAnswers;

  constructor(parts: SqlStoreParts) {
    const { database, journal, clock } = parts;
    this.#parts = parts;
    this.#database = database;
    this.#changes = new JournaledChanges(database, journal, clock);
    this.announcements = this.#changes.announcements;
    this.journal = journal;
    this.#sessions = new SessionRows(database);
    this.#tasks = new TaskRows(database);
    this.#transitions = new TaskTransitions(database, this.#tasks);
    this.#commandAnswers = new CommandAnswers(database);
  }

  createSession(session: NewSession): Session {
    const id = randomUUID();
    return this.#changeSession(id, () => {
      this.#sessions.insert(id, session, this.#now());
    });
  }

  renameSession(sessionId: string, title: string): Session {
    return this.#changeSession(sessionId, () => {
      this.#sessions.rename(sessionId, title, this.#now());
    });
  }

  deleteSession(sessionId: string): void {
    this.#changes.commit(() => {
      this.#sessions.delete(sessionId);
      return { result: undefined, events: [sessionDeleted(sessionId)] };
    });
  }

  setSessionStatus(sessionId: string, status: SessionStatus, error?: string): Session {
    return this.#changeSession(sessionId, () => {
      this.#sessions.setStatus(sessionId, status, status === 'failed' ? (error ?? null) : null, this.#now());
    });
  }

  planSession(sessionId: string, tasks: readonly PlannedTask[]): readonly Task[] {
    return this.#changes.commit(() => {
      const now = this.#now();
      this.#sessions.touch(sessionId, now);
      if (this.progressOf(sessionId).total_tasks > 0) {
        throw new ServiceError('invalid_state', `Session ${sessionId} has a plan already.`);
      }
      tasks.forEach((task, position) => {
        this.#tasks.insert(randomUUID(), sessionId, position, task, now);
      });
      const planned = this.#tasks.of(sessionId);
      const session = sessionUpdate(this.#sessions.find(sessionId));
      return {
        result: planned,
        events: [...planned.map(taskUpdate), this.#progressUpdate(sessionId), session],
      };
    });
  }

  beginTask(taskId: string, attempt: { retry: boolean; rewrite: boolean }): Task {
    return this.#changeTask((now) => this.#transitions.begin(taskId, attempt, now), attempt.rewrite);
  }

  completeTask(taskId: string, outcome: TaskOutcome): Task {
    return this.#changeTask((now) => this.#transitions.complete(taskId, outcome, now), true);
  }

  failTask(taskId: string, error: string, final: boolean): Task {
    return this.#changeTask((now) => this.#transitions.fail(taskId, error, final, now), true);
  }

  putBackTask(taskId: string): Task {
    return this.#changes.commit(() => {
      const wasRewriting = this.findSession(this.findTask(taskId).session_id).is_rewriting;
      return this.#moveTask((now) => this.#transitions.putBack(taskId, now), wasRewriting);
    });
  }

  once(command: NamedCommand, work: () => void): { answer: Answer; isRepeated: boolean } {
    return this.#changes.commitTogether(() => {
      const remembered = this.#commandAnswers.find(command);
      if (remembered !== undefined) {
        return { answer: remembered, isRepeated: true };
      }
      const answer = this.#answerOf(work);
      this.#commandAnswers.insert(command, answer, this.#now());
      return { answer, isRepeated: false };
    });
  }

  findSession(sessionId: string): Session {
    return this.#sessions.find(sessionId);
  }

  listSessions(query: { page: number; pageSize: number; status?: SessionStatus }): Page<Session> {
    return this.#sessions.page(query);
  }

  sessionsWithStatus(status: SessionStatus): readonly Session[] {
    return this.#sessions.withStatus(status);
  }

  progressOf(sessionId: string): Progress {
    this.#sessions.mustExist(sessionId);
    return countProgress(this.#database, sessionId);
  }

  tasksOf(sessionId: string): readonly Task[] {
    this.#sessions.mustExist(sessionId);
    return this.#tasks.of(sessionId);
  }

  listTasks(query: { page: number; pageSize: number; status?: TaskStatus; sessionId?: string }): Page<Task> {
    if (query.sessionId !== undefined) {
      this.#sessions.mustExist(query.sessionId);
    }
    return this.#tasks.page(query);
  }

  findTask(taskId: string): Task {
    return this.#tasks.find(taskId);
  }

  overview(): Overview {
    return countOverview(this.#database);
  }

  trim(): boolean {
    const { journal, retention, clock } = this.#parts;
    const dropped = this.#database.transaction(() => [
      journal.trim(retention, clock(), TRIM_STEP),
      this.#commandAnswers.trim(clock(), TRIM_STEP),
    ]);
    return dropped.includes(TRIM_STEP);
  }

  check(): void {
    markSchemaVersion(this.#database);
  }

  close(): void {
    this.#changes.close();
    try {
      // libsql may keep its connection for as long as the process: leave everything in the one file now.
      this.#database.execute('PRAGMA wal_checkpoint(TRUNCATE)');
    } finally {
      this.#database.close();
      this.#parts.lock.release();
    }
  }

  #changeSession(sessionId: string, change: () => void): Session {
    return this.#changes.commit(() => {
      change();
      const session = this.#sessions.find(sessionId);
      return { result: session, events: [sessionUpdate(session)] };
    });
  }

  #changeTask(move: (now: string) => Task, changesSession: boolean): Task {
    return this.#changes.commit(() => this.#moveTask(move, changesSession));
  }

  /** @param changesSession whether the counts or the rewrite that a session shows change with the task */
  #moveTask(move: (now: string) => Task, changesSession: boolean): Change<Task> {
    const now = this.#now();
    const task = move(now);
    const events = [taskUpdate(task), this.#progressUpdate(task.session_id)];
    if (changesSession) {
      this.#sessions.touch(task.session_id, now);
      events.push(sessionUpdate(this.#sessions.find(task.session_id)));
    }
    return { result: task, events };
  }

  #progressUpdate(sessionId: string): AnnouncedEvent {
    return progressUpdate(sessionId, countProgress(this.#database, sessionId));
  }

  #answerOf(work: () => void): Answer {
    try {
      this.#changes.commitTogether(work);
      return { ok: true };
    } catch (error) {
      if (error instanceof ServiceError) {
        return { ok: false, error: { code: error.code, message: error.message } };
      }
      throw error;
    }
  }

  #now(): string {
    return this.#parts.clock().toISOString();
  }
}
