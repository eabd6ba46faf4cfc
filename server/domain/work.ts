import { randomUUID } from 'node:crypto';
import type { Decision, FailureCode, Session, SessionStatus, Task } from '@creative-autogpt/protocol';
import { DamagedSession, ServiceError, unknownTask } from './service-error';
import { type AnnouncedEvent, progressUpdate, sessionUpdate, taskUpdate } from './announced-events';
import { newTask, type PlannedTask, type TaskOutcome } from './new-work';
import { progressOf } from './progress-of';
import { RunSuperseded } from './run-superseded';
import { type SessionRecord, toSession } from './session-record';
import { type TaskRecord, toTask } from './task-record';
import * as transitions from './task-transitions';

/** How many words of feedback a session keeps. */
const MAX_FEEDBACK = 20;

/** What is kept of one session and its tasks. */
export interface WorkState {
  readonly session: SessionRecord;
  /** In the order of the plan. */
  readonly tasks: readonly TaskRecord[];
  /** The texts of those tasks that are not completed, by their ids: a completed one does not change any more. */
  readonly texts: ReadonlyMap<string, string>;
}

/** What a change leaves behind: what is to be kept, and what is to be told. */
export interface WorkChanges {
  readonly session: SessionRecord;
  /** The tasks that changed or are new. */
  readonly tasks: readonly TaskRecord[];
  /** The texts that changed, by the ids of their tasks; null for one that was dropped. */
  readonly texts: ReadonlyMap<string, string | null>;
  readonly events: readonly AnnouncedEvent[];
  /** Whether there is something to be done now: the session runs, and waits for nobody's approval. */
  readonly isToBeRun: boolean;
  /** Whether a run that was going on is over. */
  readonly endsRun: boolean;
}

/**
 * One session and its tasks on the way from one state to the next: the only place that says what may become of them. It
 * knows nothing of where they are kept, so that every store keeps the same.
 *
 * Methods throw a ServiceError for what cannot be done; then the whole change is to be given up.
 */
export class Work {
  #session: SessionRecord;
  readonly #tasks: Map<string, TaskRecord>;
  readonly #texts: Map<string, string | null>;
  readonly #changedTasks = new Set<string>();
  readonly #changedTexts = new Map<string, string | null>();
  readonly #events: AnnouncedEvent[] = [];
  #endsRun = false;

  /**
   * @param now the time of the change, ISO 8601
   * @throws DamagedSession when the session cannot be read, and so not be changed.
   */
  constructor(
    state: WorkState,
    private readonly now: string,
  ) {
    if (state.session.damaged === true) {
      throw new DamagedSession(state.session.id);
    }
    this.#session = state.session;
    this.#tasks = new Map(state.tasks.map((task) => [task.task_id, task]));
    this.#texts = new Map(state.texts);
  }

  get session(): Session {
    return toSession(this.#session);
  }

  /** In the order of the plan, without their texts. */
  get tasks(): readonly TaskRecord[] {
    return [...this.#tasks.values()];
  }

  get changes(): WorkChanges {
    return {
      session: this.#session,
      tasks: this.tasks.filter(({ task_id: taskId }) => this.#changedTasks.has(taskId)),
      texts: this.#changedTexts,
      events: this.#events,
      isToBeRun: this.#isToBeRun,
      endsRun: this.#endsRun,
    };
  }

  /** Names what is to run when there is something to be done now; null when there is not. */
  get launch(): number | null {
    return this.#isToBeRun ? this.#session.launch : null;
  }

  rename(title: string): Session {
    return this.#changeSession({ title });
  }

  /** `error` and its code are kept while the status is `failed` and cleared by any other. */
  setStatus(status: SessionStatus, error?: string, code?: FailureCode): Session {
    return this.#changeSession({
      status,
      error: status === 'failed' ? (error ?? null) : null,
      error_code: status === 'failed' ? (code ?? null) : null,
      completed_at: status === 'completed' ? this.now : null,
    });
  }

  giveFeedback(message: string, taskId: string | null): Session {
    if (taskId !== null) {
      this.#find(taskId);
    }
    const given = { message, task_id: taskId, given_at: this.now };
    return this.#changeSession({ feedback: [...(this.#session.feedback ?? []), given].slice(-MAX_FEEDBACK) });
  }

  /** Has the session run, by a run that is yet to begin: one that goes on already is over. */
  relaunch(): void {
    this.endRun();
    this.#session = { ...this.#session, launch: this.#session.run };
  }

  /** Whatever run the session has is over. */
  endRun(): void {
    this.#session = { ...this.#session, run: this.#session.run + 1 };
    this.#endsRun = true;
  }

  /**
   * Begins a run: every other one is over.
   *
   * @param launch what the run is of
   * @returns its number
   * @throws RunSuperseded when the session is not to run, or was launched anew since.
   */
  claimRun(launch: number): number {
    if (this.#session.status !== 'running' || this.#session.launch !== launch) {
      throw new RunSuperseded(this.#session.id);
    }
    this.#session = { ...this.#session, run: this.#session.run + 1 };
    return this.#session.run;
  }

  /** @throws RunSuperseded when this run is over. */
  mustBeRun(run: number): void {
    if (this.#session.status !== 'running' || this.#session.run !== run) {
      throw new RunSuperseded(this.#session.id);
    }
  }

  /** Plans a session that has no plan. */
  plan(tasks: readonly PlannedTask[]): void {
    if (this.#tasks.size > 0) {
      throw new ServiceError('invalid_state', `Session ${this.#session.id} has a plan already.`);
    }
    tasks.forEach((task, position) => {
      const taskId = randomUUID();
      const place = { sessionId: this.#session.id, position };
      this.#tasks.set(taskId, newTask(taskId, place, task, this.now));
      this.#changedTasks.add(taskId);
    });
    this.#events.push(...this.tasks.map((task) => taskUpdate(toTask(task, null))), this.#progress());
    this.#countTasks();
  }

  /** Has the tasks whose records are damaged written anew, by the plan that they were made from. */
  renewDamaged(plan: readonly PlannedTask[]): void {
    for (const { task_id: taskId, position, damaged } of this.tasks) {
      const planned = plan[position];
      if (damaged === true && planned !== undefined) {
        this.#setText(taskId, null);
        const place = { sessionId: this.#session.id, position };
        this.#move(taskId, newTask(taskId, place, planned, this.now), true);
      }
    }
  }

  /**
   * pending or failed → running, one task at a time; a rewrite may also begin the running task again, within the same
   * attempt. `retry` says whether an earlier attempt of this task was begun.
   */
  begin(taskId: string, attempt: { readonly retry: boolean; readonly rewrite: boolean }): Task {
    const task = this.#find(taskId);
    const running = this.tasks.find(({ status }) => status === 'running');
    if (running !== undefined && running !== task) {
      throw new ServiceError(
        'invalid_state',
        `Task ${running.task_id} is running: task ${taskId} cannot begin before it has ended.`,
      );
    }
    const begun = transitions.begin(task, attempt, this.now);
    return this.#move(taskId, begun, attempt.rewrite || task.status === 'failed');
  }

  /** running → completed, or pending_approval where a person decides about each text. */
  finish(taskId: string, outcome: TaskOutcome): Task {
    const isManual = this.#session.config.approval === 'manual';
    this.#setText(taskId, outcome.result);
    return this.#move(taskId, transitions.finish(this.#find(taskId), outcome, isManual, this.now), true);
  }

  /** pending_approval → completed, or pending without its text. */
  decide(taskId: string, { action, feedback }: Decision): Task {
    const isApproved = action === 'approve';
    const moved = transitions.decide(this.#find(taskId), isApproved, this.now);
    if (!isApproved) {
      this.#setText(taskId, null);
    }
    const task = this.#move(taskId, moved, true);
    if (feedback !== undefined) {
      this.giveFeedback(feedback, taskId);
    }
    return task;
  }

  /** Counts one failed attempt of a running task: it has failed, or goes back to pending. */
  fail(taskId: string, attempt: transitions.FailedAttempt): Task {
    return this.#move(taskId, transitions.fail(this.#find(taskId), attempt, this.now), true);
  }

  /** What was written of a task when its process ended; empty where nothing is to be gone on from. */
  checkpointOf(taskId: string): string {
    return this.#find(taskId).checkpoint ?? '';
  }

  /** Puts back the running task of a process that ends, with what it has written: the next attempt may go on from there. */
  interrupt(taskId: string, text: string): Task {
    const task = this.#find(taskId);
    const isRewrite = task.attempt_rewrites > 0;
    const checkpoint = isRewrite || text === '' ? null : text;
    return this.#move(taskId, transitions.putBack(task, this.now, checkpoint), isRewrite);
  }

  /** Puts back the task the session was at, if any: that attempt is over and does not count. */
  putBackRunning(): void {
    for (const task of this.tasks) {
      if (task.status === 'running') {
        this.#move(task.task_id, transitions.putBack(task, this.now), task.attempt_rewrites > 0);
      }
    }
  }

  /** @param changesSession whether the counts or the rewrite that a session shows change with the task */
  #move(taskId: string, moved: TaskRecord, changesSession: boolean): Task {
    this.#tasks.set(taskId, moved);
    this.#changedTasks.add(taskId);
    const task = toTask(moved, this.#texts.get(taskId) ?? null);
    this.#events.push(taskUpdate(task), this.#progress());
    if (changesSession) {
      this.#countTasks();
    }
    return task;
  }

  #setText(taskId: string, text: string | null): void {
    this.#texts.set(taskId, text);
    this.#changedTexts.set(taskId, text);
  }

  #find(taskId: string): TaskRecord {
    const task = this.#tasks.get(taskId);
    if (task === undefined) {
      throw unknownTask(taskId);
    }
    return task;
  }

  #changeSession(fields: Partial<Session>): Session {
    this.#session = { ...this.#session, ...fields, updated_at: this.now };
    this.#events.push(sessionUpdate(this.session));
    return this.session;
  }

  #countTasks(): void {
    const { tasks } = this;
    const rewritten = tasks.find(({ attempt_rewrites: rewrites }) => rewrites > 0);
    this.#changeSession({
      total_tasks: tasks.length,
      completed_tasks: tasks.filter(({ status }) => status === 'completed').length,
      failed_tasks: tasks.filter(({ status }) => status === 'failed').length,
      pending_approval_tasks: tasks.filter(({ status }) => status === 'pending_approval').length,
      llm_calls: sum(tasks.map(({ call_count: calls }) => calls)),
      tokens_used: sum(tasks.map(({ total_tokens: tokens }) => tokens)),
      is_rewriting: rewritten !== undefined,
      rewrite_attempt: rewritten?.attempt_rewrites ?? 0,
      rewrite_task_id: rewritten?.task_id ?? null,
      rewrite_task_type: rewritten?.task_type ?? null,
    });
  }

  get #isToBeRun(): boolean {
    const next = this.tasks.find(({ status }) => status !== 'completed');
    return this.#session.status === 'running' && next?.status !== 'pending_approval';
  }

  #progress(): AnnouncedEvent {
    return progressUpdate(this.#session.id, progressOf(this.tasks));
  }
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0);
}
