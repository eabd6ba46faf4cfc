import type { Decision, Session, SessionCommand, SessionStatus, Task } from '@creative-autogpt/protocol';
import { planTasks } from './plan';
import { noRoom } from './service-error';
import { toSession } from './session-record';
import * as sessions from './session-transitions';
import * as tasks from './task-transitions';
import type { WorkChanges, WorkState } from './work-draft';
import { WorkTasks } from './work-tasks';

/** What a person asks of a session. */
export type Steering =
  | { readonly event: SessionCommand }
  | { readonly event: 'approve'; readonly taskId: string; readonly decision: Decision }
  | { readonly event: 'feedback'; readonly message: string; readonly taskId: string | null };

/** A task that was begun, and what an attempt that was cut off has left of it. */
export interface BegunTask {
  readonly task: Task;
  /** Empty where the attempt begins anew. */
  readonly checkpoint: string;
}

/**
 * One session with its tasks while it is changed. All rules of a session are here: each command and each step
 * of a run is a method, and nothing else changes a status. A store loads the state, calls the methods, and
 * keeps the changes; the rules are the same in every store, as they know none.
 *
 * Methods throw a ServiceError for what the state does not allow. Then nothing of the whole change may be
 * kept.
 */
export class Work extends WorkTasks {
  /**
   * @param now the time of the change, ISO 8601
   * @param hasRoom whether the owner may have more stored. Without room no task is begun; one that runs may end
   * @throws DamagedSession when the session cannot be read, and so not be changed.
   */
  constructor(
    state: WorkState,
    now: string,
    private readonly hasRoom = true,
  ) {
    super(state, now);
  }

  get session(): Session {
    return toSession(this.draft.session);
  }

  get changes(): WorkChanges {
    return this.draft.changes;
  }

  /** Names what is to run when there is something to be done now; null when there is not. */
  get launch(): number | null {
    const { session } = this.draft;
    return sessions.isToBeRun(session, this.tasks) ? session.launch : null;
  }

  rename(title: string): Session {
    return this.draft.changeSession({ title });
  }

  /**
   * Does what a person asks for.
   *
   * @throws ServiceError `limit_reached` for what would add to what is stored where there is no room
   */
  steer(steering: Steering): void {
    this.#follow(steering);
    // Afterwards: what is not possible anyway is refused for that reason. A change that throws is not stored.
    if (!this.hasRoom && isToAdd(steering)) {
      throw noRoom();
    }
  }

  #follow(steering: Steering): void {
    switch (steering.event) {
      case 'approve':
        this.decide(steering.taskId, steering.decision);
        return;
      case 'feedback':
        this.giveFeedback(steering.message, steering.taskId);
        return;
      case 'start':
      case 'pause':
      case 'resume':
      case 'stop':
        this[steering.event]();
    }
  }

  /** Has the session run from its first unfinished task on. Damaged tasks are written anew. */
  start(): void {
    this.#run('start');
  }

  /** Goes on with a paused session. */
  resume(): void {
    this.#run('resume');
  }

  /** Ends the run, and waits for `resume`. */
  pause(): void {
    sessions.mustAllow('pause', this.draft.session, this.tasks);
    this.#halt('paused');
  }

  /** Ends the session until it is started again. */
  stop(): void {
    sessions.mustAllow('stop', this.draft.session, this.tasks);
    this.#halt('stopped');
  }

  /**
   * pending_approval → completed, or pending without its text. A session that runs goes on, but for a text
   * that is rejected: that pauses it.
   */
  decide(taskId: string, { action, feedback }: Decision): Task {
    const isApproved = action === 'approve';
    const decided = tasks.decide(this.draft.find(taskId), isApproved, this.draft.now);
    if (!isApproved) {
      this.draft.setText(taskId, null);
    }
    const task = this.draft.changeTask(decided, true);
    if (feedback !== undefined) {
      this.#keepFeedback(feedback, taskId);
    }
    if (this.draft.session.status === 'running') {
      if (action === 'reject') {
        this.#halt('paused');
      } else {
        this.draft.launch();
      }
    }
    return task;
  }

  /**
   * Tells the author something about what it writes from now on. @param taskId the task it is about; null for
   * every task
   */
  giveFeedback(message: string, taskId: string | null): Session {
    sessions.mustTakeFeedback(this.draft.session);
    if (taskId !== null) {
      this.draft.find(taskId);
    }
    return this.#keepFeedback(message, taskId);
  }

  /**
   * Begins a run: every other one is over. A session without a plan is planned, and a task that an earlier
   * run left behind, when its process was killed, is put back.
   *
   * @param launch what the run is of
   * @param processId where it runs
   * @returns its number
   * @throws RunSuperseded when the session is not to run, or was launched anew since.
   */
  claimRun(launch: number, processId: string): number {
    const { session } = this.draft;
    sessions.mustBeLaunch(launch, session);
    this.draft.keepOfRuns(sessions.takenUp(session, processId, this.#isWriting));
    const run = this.draft.countRun();
    if (this.tasks.length === 0) {
      this.plan(planTasks(this.session));
    }
    this.putBackRunning();
    return run;
  }

  /**
   * A process has failed by itself. Where it was in the middle of a task of this session, that is counted; a
   * task that has ended three processes in a row pauses the session, until a person has it go on.
   */
  noteCrash(processId: string): void {
    const { session } = this.draft;
    const counted = sessions.crashed(session, processId, this.#isWriting);
    if (counted === undefined) {
      return;
    }
    this.draft.keepOfRuns(counted);
    if (session.status === 'running' && sessions.hasEndedServer(this.draft.session)) {
      this.#halt('paused', sessions.ENDED_SERVER);
    }
  }

  /** @throws RunSuperseded when this run is over. */
  mustBeRun(run: number): void {
    sessions.mustBeRun(run, this.draft.session);
  }

  /**
   * Begins the next task of a run. Null when there is none, which completes the session, when it waits for a
   * person, or when its record is damaged or there is no room for its text, which fails the session.
   */
  beginNext(): BegunTask | null {
    const next = sessions.nextOf(this.tasks);
    if (next === undefined) {
      this.#setStatus('completed');
      return null;
    }
    if (next.status === 'pending_approval') {
      return null;
    }
    if (next.damaged === true) {
      this.#setStatus('failed', tasks.DAMAGED);
      return null;
    }
    if (!this.hasRoom) {
      this.#setStatus('failed', sessions.NO_ROOM);
      return null;
    }
    const task = this.begin(next.task_id, { retry: next.failed_attempts > 0, rewrite: false });
    return { task, checkpoint: next.checkpoint ?? '' };
  }

  /**
   * Counts one failed attempt: running → pending, or failed after the last one, which fails the session, too.
   */
  fail(taskId: string, attempt: tasks.FailedAttempt): Task {
    this.draft.keepOfRuns(sessions.wentOn(this.draft.session));
    const task = this.draft.changeTask(tasks.fail(this.draft.find(taskId), attempt, this.draft.now), true);
    if (task.status === 'failed') {
      this.#setStatus('failed', attempt);
    }
    return task;
  }

  /** Fails the session for a reason that is no task's: the task it is at is put back. */
  giveUp(failure: sessions.Failure): Session {
    this.putBackRunning();
    return this.#setStatus('failed', failure);
  }

  #run(command: 'start' | 'resume'): void {
    sessions.mustAllow(command, this.draft.session, this.tasks);
    this.#setStatus('running');
    this.renewDamaged();
    this.draft.launch();
  }

  #halt(status: 'paused' | 'stopped', reason?: sessions.Failure): void {
    this.putBackRunning();
    this.#setStatus(status, reason);
    this.draft.keepOfRuns({ run_by: [], crashes: 0 });
    this.draft.endRun();
  }

  get #isWriting(): boolean {
    return this.tasks.some(({ status }) => status === 'running');
  }

  #setStatus(status: SessionStatus, failure?: sessions.Failure): Session {
    return this.draft.changeSession(sessions.toStatus(status, this.draft.now, failure));
  }

  #keepFeedback(message: string, taskId: string | null): Session {
    const { session, now } = this.draft;
    return this.draft.changeSession(sessions.withFeedback(session, message, taskId, now));
  }
}

/** Whether it leaves, or has the author write, more than there was. */
function isToAdd(steering: Steering): boolean {
  switch (steering.event) {
    case 'start':
    case 'resume':
    case 'feedback':
      return true;
    case 'approve':
      return steering.decision.action === 'regenerate' || steering.decision.feedback !== undefined;
    case 'pause':
    case 'stop':
      return false;
  }
}
