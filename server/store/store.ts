import type {
  EvaluationResult,
  Overview,
  Progress,
  ServerEvent,
  Session,
  SessionConfig,
  SessionGoal,
  SessionStatus,
  Task,
  TaskStatus,
  TaskType,
} from '@creative-autogpt/protocol';
import type { Observable } from 'rxjs';

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

export interface Page<T> {
  readonly items: readonly T[];
  readonly total: number;
}

/**
 * Everything the server remembers. Each method that changes something commits it to disk before it returns, in one
 * transaction, and then emits what changed on `announcements`, in the order in which it happened.
 *
 * @throws ServiceError `unknown_session` from every method that is given the id of a session that is not there.
 */
export interface Store {
  /** Updates to send to clients: what they say is already on disk. Hot; never errors, completes on `close`. */
  readonly announcements: Observable<ServerEvent>;

  createSession(session: NewSession): Session;
  renameSession(sessionId: string, title: string): Session;
  deleteSession(sessionId: string): void;
  /** `error` is kept while the status is `failed` and cleared by any other. Announces `session.update`. */
  setSessionStatus(sessionId: string, status: SessionStatus, error?: string): Session;
  /** Stores the tasks of a session that has none, all pending. */
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

  /** Proves that the store can be written to. @throws Error that says why it cannot. */
  check(): void;
  close(): void;
}
