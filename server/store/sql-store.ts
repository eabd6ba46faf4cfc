import { randomUUID } from 'node:crypto';
import type {
  Overview,
  Progress,
  ServerEvent,
  Session,
  SessionStatus,
  Task,
  TaskStatus,
} from '@creative-autogpt/protocol';
import type { Observable } from 'rxjs';
import { ServiceError } from '../service-error';
import { progressUpdate, sessionDeleted, sessionUpdate, taskUpdate } from './announced-events';
import { Announcer } from './announcer';
import { countOverview, countProgress } from './counts';
import { markSchemaVersion } from './schema';
import type { ServerLock } from './server-lock';
import { SessionRows } from './session-rows';
import type { SqlDatabase } from './sql-database';
import type { NewSession, Page, PlannedTask, Store, TaskOutcome } from './store';
import { TaskRows } from './task-rows';
import { TaskTransitions } from './task-transitions';

/** What a change leaves to tell: its answer, and the events for everybody. */
interface Change<T> {
  readonly result: T;
  readonly events: readonly ServerEvent[];
}

/** The store in an SQLite database. `openStore` makes one. */
export class SqlStore implements Store {
  readonly announcements: Observable<ServerEvent>;
  readonly #announcer = new Announcer();
  readonly #database: SqlDatabase;
  readonly #lock: ServerLock;
  readonly #now: () => string;
  readonly #sessions: SessionRows;
  readonly #tasks: TaskRows;
  readonly #transitions: TaskTransitions;

  /**
   * @param database its tables are those of `SCHEMA_VERSION`; it is closed with the store
   * @param lock released with the store
   */
  constructor(database: SqlDatabase, clock: () => Date, lock: ServerLock) {
    this.#lock = lock;
    this.announcements = this.#announcer.events;
    this.#database = database;
    this.#now = () => clock().toISOString();
    this.#sessions = new SessionRows(database);
    this.#tasks = new TaskRows(database);
    this.#transitions = new TaskTransitions(database, this.#tasks);
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
    this.#change(() => {
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
    return this.#change(() => {
      const now = this.#now();
      this.#sessions.touch(sessionId, now);
      if (this.progressOf(sessionId).total_tasks > 0) {
        throw new ServiceError('invalid_state', `Session ${sessionId} has a plan already.`);
      }
      tasks.forEach((task, position) => {
        this.#tasks.insert(randomUUID(), sessionId, position, task, now);
      });
      const planned = this.#tasks.of(sessionId);
      return { result: planned, events: [...planned.map(taskUpdate), this.#progressUpdate(sessionId)] };
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
    return this.#change(() => {
      const wasRewriting = this.findSession(this.findTask(taskId).session_id).is_rewriting;
      return this.#moveTask((now) => this.#transitions.putBack(taskId, now), wasRewriting);
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

  check(): void {
    markSchemaVersion(this.#database);
  }

  close(): void {
    this.#announcer.close();
    try {
      // libsql may keep its connection for as long as the process: leave everything in the one file now.
      this.#database.execute('PRAGMA wal_checkpoint(TRUNCATE)');
    } finally {
      this.#database.close();
      this.#lock.release();
    }
  }

  #changeSession(sessionId: string, change: () => void): Session {
    return this.#change(() => {
      change();
      const session = this.#sessions.find(sessionId);
      return { result: session, events: [sessionUpdate(session)] };
    });
  }

  #changeTask(move: (now: string) => Task, changesSession: boolean): Task {
    return this.#change(() => this.#moveTask(move, changesSession));
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

  #progressUpdate(sessionId: string): ServerEvent {
    return progressUpdate(sessionId, countProgress(this.#database, sessionId));
  }

  /** Commits first and tells afterwards: what was announced is on disk. */
  #change<T>(work: () => Change<T>): T {
    const { result, events } = this.#database.transaction(work);
    this.#announcer.announce(events);
    return result;
  }
}
