import type {
  ErrorCode,
  Overview,
  Progress,
  Session,
  SessionStatus,
  StreamPosition,
  Task,
  TaskStatus,
} from '@creative-autogpt/protocol';
import type { Observable } from 'rxjs';
import type { StoredPart } from '../domain/export/export-stored';
import type { SessionEvent } from '../domain/session-events';
import type { NewSession } from '../domain/new-work';
import type { Work } from '../domain/work';
import type { Journal, JournalEntry } from '../realtime/journal';

/** What one owner may have. */
export interface Quota {
  readonly maxSessions: number;
  /**
   * Most bytes of sessions, tasks and texts, as they are stored. Beyond it a task that runs may still end, and
   * nothing else is added.
   */
  readonly maxBytes: number;
}

/** What one owner may have where nothing else is asked for. */
export const DEFAULT_QUOTA: Quota = { maxSessions: 10_000, maxBytes: 1024 ** 3 };

/** A command with the id its sender gave it. */
export interface NamedCommand {
  readonly id: string;
  /** The whole command, so that another one with the same id is told from it. */
  readonly command: string;
  readonly sessionId: string;
}

/** What became of a request. */
export type Answer =
  | { readonly ok: true }
  | { readonly ok: false; readonly error: { readonly code: ErrorCode; readonly message: string } };

/** What became of a command, and whether that was known before: then nothing was done. */
export interface CommandOutcome {
  readonly answer: Answer;
  readonly isRepeated: boolean;
}

export interface Page<T> {
  readonly items: readonly T[];
  readonly total: number;
}

export interface SessionsPageQuery {
  readonly page: number;
  readonly pageSize: number;
  readonly status?: SessionStatus;
}

export interface TasksPageQuery {
  readonly page: number;
  readonly pageSize: number;
  readonly status?: TaskStatus;
  readonly sessionId?: string;
}

/** A session as it is at a point of the journal. */
export interface SessionSnapshot {
  readonly session: Session;
  readonly progress: Progress;
  /** Offset of the newest event that is in it: what happens after it has higher ones. */
  readonly offset: number;
}

/** A session that is to be run. */
export interface Launch {
  readonly owner: string;
  readonly sessionId: string;
  /** Tells this launch of the session from others. */
  readonly launch: number;
}

/** Tells that runs of a session are over. */
export interface EndedRun {
  /** Null for every session. */
  readonly sessionId: string | null;
  /** Runs with a lower number are over. */
  readonly run: number;
}

/** Lower than this is the number of every run. */
export const AFTER_ALL_RUNS = Number.MAX_SAFE_INTEGER;

/**
 * An answer and its position in the journal. The answer contains the changes of all events up to the
 * position, and of no later event.
 */
export interface Positioned<T> {
  readonly value: T;
  readonly position: StreamPosition;
}

/** A form in which a session goes out with all its tasks and texts. */
export interface WorkForm {
  /** Tells the form from others. */
  readonly name: string;
  /** The work in this form, piece after piece, none of which takes long to make. */
  pieces(session: Session, tasks: readonly Task[]): Iterable<string>;
}

/** A work in one form, with the session as it is in it. It is shared by all who ask for it. */
export interface FormedWork {
  readonly session: Session;
  /** In UTF-8. */
  readonly content: Buffer;
  /** The same content, compressed once. */
  readonly compressed: (encoding: ContentEncoding) => Promise<Buffer>;
}

/** How content is compressed (RFC 9110, 8.4.1). */
export type ContentEncoding = 'br' | 'gzip';

/**
 * What can be read of one owner's sessions and tasks, each answer with its position. Where a record cannot be
 * read, an answer has what is left of it, marked as `damaged`.
 *
 * @throws ServiceError `unknown_session` for the id of a session that is not there or is another owner's;
 *   `unavailable` when
 * the store cannot be reached.
 */
export interface PositionedReads {
  findSession(sessionId: string): Promise<Positioned<Session>>;
  /** Newest first. */
  listSessions(query: SessionsPageQuery): Promise<Positioned<Page<Session>>>;
  progressOf(sessionId: string): Promise<Positioned<Progress>>;
  /** All tasks of a session with their texts, in the order of the plan. */
  tasksOf(sessionId: string): Promise<Positioned<readonly Task[]>>;
  /**
   * A whole work in a form. A long work is made in steps, and is made anew only when it has changed.
   *
   * @param turn settles when the next step may be made
   */
  workAs(sessionId: string, form: WorkForm, turn: () => Promise<void>): Promise<Positioned<FormedWork>>;
  /** Without their texts, last changed first. */
  listTasks(query: TasksPageQuery): Promise<Positioned<Page<Task>>>;
  /** @throws ServiceError `unknown_task` */
  findTask(taskId: string): Promise<Positioned<Task>>;
  overview(): Promise<Positioned<Overview>>;
}

/** The same reads, for callers that need no position. */
export type Reads = {
  readonly [Name in keyof PositionedReads]: (
    ...query: Parameters<PositionedReads[Name]>
  ) => Promise<Awaited<ReturnType<PositionedReads[Name]>>['value']>;
};

/** A record that could not be read again was to be stored: nothing of its change is. */
export class UnstorableRecord extends Error {
  override readonly name = 'UnstorableRecord';

  /** @param field what does not fit, without its value, which may be anything */
  constructor(readonly field: string) {
    super(`A record with a "${field}" that does not fit was not stored.`);
  }
}

/** An event that was appended to a journal. */
export interface AppendedEvent {
  readonly event: SessionEvent;
  readonly offset: number;
}

/**
 * Everything the server remembers for one owner. A damaged session can only be read and deleted; a damaged
 * task is written anew when its session is started.
 *
 * A change is stored in one piece with the events that tell about it, which it *appends* to the journal.
 * Then the events are *published* to the listeners of this process, and, in a cluster, of all others. When
 * its promise settles, the listeners here have been given them, in the order of their offsets.
 *
 * @throws ServiceError `unknown_session` from every method that is given the id of a session that is not
 *   there or is another
 * owner's; `unavailable` when the store cannot be reached, in which case a change may or may not have been
 * made.
 */
export interface Store extends Reads {
  /**
   * The journal's entries as they are published: what they say is already stored. Hot while it is subscribed
   * to; completes when the store closes. Errors with `EpochEnded` when a new epoch has begun, so that the
   * next entry does not follow the last.
   */
  readonly published: Observable<JournalEntry>;

  /** Settles with an offset: every subscriber of now is given all entries after it. */
  publishedFrom(): Promise<number>;

  /** All events that were appended, as far back as they are kept. */
  readonly journal: Journal;

  readonly positioned: PositionedReads;

  snapshot(sessionId: string): Promise<SessionSnapshot>;

  /** Everything that is stored of a session and its tasks, as it is stored, and what was set aside of it. */
  storedOf(sessionId: string): Promise<readonly StoredPart[]>;

  /** @throws ServiceError `limit_reached` */
  createSession(session: NewSession): Promise<Session>;
  deleteSession(sessionId: string): Promise<void>;

  /**
   * Does all of `work` or, when it throws, nothing. It may be called more than once, each time with the state
   * of then, and must touch nothing else.
   *
   * @returns what the last call of `work` returned
   */
  change<T>(sessionId: string, work: (work: Work) => T): Promise<T>;

  /**
   * As `change`, once for each command however often it is asked to: the change and its answer are stored
   * together. A ServiceError of `work` undoes it and is the answer. The answer is remembered for a day, also
   * by other processes, as long as it is among the last that its owner was given.
   */
  once(command: NamedCommand, work: (work: Work) => void): Promise<CommandOutcome>;
}

/** How many stored records are damaged. */
export interface DamagedCount {
  readonly sessions: number;
  readonly tasks: number;
}

/** What the server remembers, by owner. */
export interface Stores {
  of(owner: string): Store;

  /** What this process appends to the journals, before it is published. Hot; never errors. */
  readonly appended: Observable<AppendedEvent>;

  /** Runs that are over because of a command, given to whichever process. Hot; never errors. */
  readonly endedRuns: Observable<EndedRun>;

  /** Records that this process found damaged, and neither deleted nor sound since. */
  readonly damagedRecords: DamagedCount;

  /** Every session that is to be run: it runs, and waits for nobody's approval. */
  toBeRun(): Promise<readonly Launch[]>;

  /**
   * Drops what need not be kept any longer from the journals and from the answers to commands: a bounded
   * step, which holds nobody up.
   *
   * @returns whether there may be more to drop
   */
  trim(): Promise<boolean>;

  /** Proves that something can be stored. Rejects with an Error that says why it cannot. */
  check(): Promise<void>;

  /**
   * What is wrong although the server goes on: sentences that say what to do, without paths or secrets. They
   * stand in the answer of `/health`, whose status is `degraded` as long as there is one.
   */
  readonly warnings: readonly string[];

  close(): Promise<void>;
}
