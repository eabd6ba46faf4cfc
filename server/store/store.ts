import type {
  ErrorCode,
  EvaluationResult,
  Overview,
  Progress,
  Session,
  SessionCommand,
  SessionConfig,
  SessionGoal,
  SessionStatus,
  Task,
  TaskStatus,
  TaskType,
} from '@creative-autogpt/protocol';
import type { Observable } from 'rxjs';
import type { Announcement, Journal } from './journal/journal';

/** A new session, its defaults filled in. */
export interface NewSession {
  readonly title: string;
  readonly mode: string;
  readonly goal: SessionGoal;
  readonly config: SessionConfig;
}

/** One step of a plan. */
export interface PlannedTask {
  readonly taskType: TaskType;
  readonly title: string;
  readonly description: string;
  readonly chapterIndex: number | null;
}

/** What a finished task leaves behind. */
export interface TaskOutcome {
  readonly result: string;
  readonly evaluation: EvaluationResult;
  readonly promptTokens: number;
  readonly completionTokens: number;
  readonly provider: string;
  readonly model: string;
}

/** A command with the id its sender gave it. */
export interface NamedCommand {
  readonly id: string;
  readonly command: SessionCommand;
  readonly sessionId: string;
}

/** What became of a request. */
export type Answer =
  | { readonly ok: true }
  | { readonly ok: false; readonly error: { readonly code: ErrorCode; readonly message: string } };

export interface Page<T> {
  readonly items: readonly T[];
  readonly total: number;
}

/**
 * Everything the server remembers. Each method that changes something commits it to disk before it returns, in one
 * transaction with the journal entries that tell about it, and then emits those on `announcements`, in the order in which
 * it happened.
 *
 * @throws ServiceError `unknown_session` from every method that is given the id of a session that is not there.
 */
export interface Store {
  /** Updates to send to clients: what they say is already on disk. Hot; never errors, completes on `close`. */
  readonly announcements: Observable<Announcement>;
  /** What was announced before. */
  readonly journal: Journal;

  createSession(session: NewSession): Session;
  renameSession(sessionId: string, title: string): Session;
  deleteSession(sessionId: string): void;
  /** `error` is kept while the status is `failed` and cleared by any other. Announces `session.update`. */
  setSessionStatus(sessionId: string, status: SessionStatus, error?: string): Session;
  /** Stores the tasks of a session that has none, all pending. Announces tasks, progress, then session. */
  planSession(sessionId: string, tasks: readonly PlannedTask[]): readonly Task[];

  /**
   * pending or failed → running; a rewrite may also begin a running task again, within the same attempt. `retry` says
   * whether an earlier attempt of this task was begun.
   */
  beginTask(taskId: string, attempt: { retry: boolean; rewrite: boolean }): Task;
  /** running → completed. Announces task, progress, then session. */
  completeTask(taskId: string, outcome: TaskOutcome): Task;
  /** Counts one failed attempt of a running task; `final` ends it as failed, otherwise it goes back to pending. */
  failTask(taskId: string, error: string, final: boolean): Task;
  /** running → pending: the attempt does not count. */
  putBackTask(taskId: string): Task;

  /**
   * Does a command once, however often it is asked to: what `work` changes through this store and the answer are one
   * commit. A ServiceError of `work` undoes it and is the answer. The answer is remembered for a day, also by the next
   * process.
   *
   * @throws whatever else `work` throws; then nothing is done or remembered.
   */
  once(command: NamedCommand, work: () => void): { readonly answer: Answer; readonly isRepeated: boolean };

  findSession(sessionId: string): Session;
  listSessions(query: { page: number; pageSize: number; status?: SessionStatus }): Page<Session>;
  /** Sessions with this status, oldest first. */
  sessionsWithStatus(status: SessionStatus): readonly Session[];
  progressOf(sessionId: string): Progress;
  /** All tasks of a session with their texts, in the order of the plan. */
  tasksOf(sessionId: string): readonly Task[];
  /** Tasks of all sessions without their texts, last changed first. */
  listTasks(query: { page: number; pageSize: number; status?: TaskStatus; sessionId?: string }): Page<Task>;
  /** @throws ServiceError `unknown_task` */
  findTask(taskId: string): Task;
  overview(): Overview;

  /**
   * Drops what need not be kept any longer from the journal and from the answers to commands: a bounded step, which holds
   * nobody up.
   *
   * @returns whether there may be more to drop
   */
  trim(): boolean;

  /** Proves that the store can be written to. @throws Error that says why it cannot. */
  check(): void;
  close(): void;
}
