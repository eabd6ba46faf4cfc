import type { Observable } from 'rxjs';
import type { StoredPart } from '../domain/export/export-stored';
import type { SessionEvent } from '../domain/session-events';
import type { StatusCounts } from '../domain/overview-of';
import type { SessionRecord } from '../domain/session-record';
import type { TaskRecord } from '../domain/task-record';
import type { WorkChanges, WorkState } from '../domain/work-draft';
import type { EndedRun, Launch, Page, Positioned, SessionsPageQuery, TasksPageQuery } from '../ports/store';
import type { Journal, JournalEntry } from '../realtime/journal';

/** What a change is about, so that the storage loads what is needed to decide it. */
export interface Scope {
  /** None for a session that is yet to be made. */
  readonly sessionId?: string;
  /** Id of the command that asks for the change. */
  readonly commandId?: string;
}

/** What a change is decided by: the state at the moment it is made. */
export interface Facts {
  /** Time of the change, ISO 8601. */
  readonly now: string;
  /** The session of the scope; undefined where the owner has none like it. */
  readonly work: WorkState | undefined;
  /** Number of the owner's sessions, for a scope without a session. It may be 0 for other scopes. */
  readonly sessions: number;
  /** Bytes of all sessions, tasks and texts of the owner, as they are stored. */
  readonly bytes: number;
  /** The stored answer to the command of the scope; undefined for a command that is new. */
  readonly answer: string | undefined;
}

/** What becomes of a session. */
export type Edit =
  { readonly create: SessionRecord } | { readonly update: WorkChanges } | { readonly delete: string };

/** What a change is to do. It is stored in one piece, or not at all. */
export interface Decision<T> {
  readonly result: T;
  /** None where all sessions stay as they are. */
  readonly edit?: Edit;
  /** Appended to the journal. */
  readonly events: readonly SessionEvent[];
  readonly endedRun?: EndedRun | undefined;
  /** The answer to store for the command of the scope. */
  readonly answer?: string;
}

/** A decision that is stored. */
export interface Committed<T> {
  readonly decision: Decision<T>;
  /** Offset of the last of its events. */
  readonly offset: number;
  /**
   * Gives its events to the listeners of this process, and settles once they have them. To be called at once,
   * so that the events of all changes come in order.
   */
  readonly publish: () => Promise<void>;
}

/** How much is read of a session; each has all before it. */
export type Depth = 'session' | 'tasks' | 'texts';

/** A task as it is kept, with its text. */
export interface WrittenTask {
  readonly record: TaskRecord;
  /** Null where nothing is written. */
  readonly text: string | null;
}

/** Reads the records of one owner, each answer together with its position in the journal. */
export interface RecordReads {
  /** A session, its tasks in the order of the plan. Undefined where there is none. */
  work(sessionId: string, depth: Depth): Promise<Positioned<WorkState | undefined>>;
  /** Undefined where there is none. */
  task(taskId: string): Promise<Positioned<WrittenTask | undefined>>;
  /** Newest first. */
  sessions(query: SessionsPageQuery): Promise<Positioned<Page<SessionRecord>>>;
  /** Tasks of all sessions, last changed first. */
  tasks(query: Omit<TasksPageQuery, 'sessionId'>): Promise<Positioned<Page<TaskRecord>>>;
  counts(): Promise<Positioned<StatusCounts>>;
  /** A session, its tasks and their texts as they are stored, and what was set aside of them. */
  stored(sessionId: string): Promise<readonly StoredPart[]>;
}

/**
 * What one owner has in a storage: the port that a backend implements. It loads, stores and reads records;
 * what they mean is decided in front of it.
 *
 * @throws ServiceError `unavailable` from every method when the storage cannot be reached.
 */
export interface OwnerStorage {
  readonly reads: RecordReads;
  readonly journal: Journal;

  /**
   * The entries of the journal as they are published. Hot while it is subscribed to; completes when the
   * storage closes.
   */
  readonly published: Observable<JournalEntry>;

  /** Settles with an offset: every subscriber of now is given all entries after it. */
  publishedFrom(): Promise<number>;

  /**
   * Loads the facts, lets `decide` decide by them, and stores the decision together with its events: no other
   * change comes in between. Where a storage cannot keep others out, it notices them, and decides anew.
   *
   * @param decide has no effect but its result; what it throws is thrown, and nothing is stored
   * @throws UnstorableRecord when a record does not fit its schema
   */
  commit<T>(scope: Scope, decide: (facts: Facts) => Decision<T>): Promise<Committed<T>>;
}

/** Where the state of all owners is kept. */
export interface Storage {
  /** Called once for each owner. */
  of(owner: string): OwnerStorage;

  /** Calls back for each run that a change in another process ended. */
  onRunsEndedElsewhere(listener: (ended: EndedRun) => void): void;

  /** Every session that is to be run, without those that cannot be read. */
  toBeRun(): Promise<readonly Launch[]>;
  /** Drops a bounded step of what need not be kept. @returns whether there may be more to drop */
  trim(): Promise<boolean>;
  /** Proves that something can be stored. */
  check(): Promise<void>;

  /** What is wrong although the storage goes on: sentences that say what to do. */
  readonly warnings: readonly string[];

  close(): Promise<void>;
}
