import { randomUUID } from 'node:crypto';
import type { Task, Waiting } from '@creative-autogpt/protocol';
import { newTask, type PlannedTask, type TaskOutcome } from './new-work';
import { planTasks } from './plan';
import { ServiceError } from './service-error';
import { wentOn } from './session-transitions';
import type { TaskRecord } from './task-record';
import * as transitions from './task-transitions';
import { WorkDraft, type WorkState } from './work-draft';

/** The tasks of a session while it is changed: what may become of each of them beside the others. */
export class WorkTasks {
  protected readonly draft: WorkDraft;

  /**
   * @param now the time of the change, ISO 8601
   * @throws DamagedSession when the session cannot be read, and so not be changed.
   */
  constructor(state: WorkState, now: string) {
    this.draft = new WorkDraft(state, now);
  }

  /** In the order of the plan, without their texts. */
  get tasks(): readonly TaskRecord[] {
    return this.draft.tasks;
  }

  /** Plans a session that has no plan. */
  plan(planned: readonly PlannedTask[]): void {
    const { session, now } = this.draft;
    if (this.tasks.length > 0) {
      throw new ServiceError('invalid_state', `Session ${session.id} has a plan already.`);
    }
    this.draft.addTasks(
      planned.map((task, position) => newTask(randomUUID(), { sessionId: session.id, position }, task, now)),
    );
  }

  /**
   * pending or failed → running, one task at a time; a rewrite may also begin the running task again, within
   * the same attempt. `retry` says whether an earlier attempt of this task was begun.
   */
  begin(taskId: string, attempt: { readonly retry: boolean; readonly rewrite: boolean }): Task {
    const task = this.draft.find(taskId);
    const running = this.tasks.find(({ status }) => status === 'running');
    if (running !== undefined && running !== task) {
      throw new ServiceError(
        'invalid_state',
        `Task ${running.task_id} is running: task ${taskId} cannot begin before it has ended.`,
      );
    }
    const begun = transitions.begin(task, attempt, this.draft.now);
    return this.draft.changeTask(begun, attempt.rewrite || task.status === 'failed');
  }

  /** Tells what the author of the running task waits for; null once it goes on. */
  wait(taskId: string, waiting: Waiting | null): Task {
    return this.draft.changeTask(transitions.wait(this.draft.find(taskId), waiting, this.draft.now), false);
  }

  /** running → completed, or pending_approval where a person decides about each text. */
  finish(taskId: string, outcome: TaskOutcome): Task {
    const { session, now } = this.draft;
    const isManual = session.config.approval === 'manual';
    this.draft.setText(taskId, outcome.result);
    this.draft.keepOfRuns(wentOn(session));
    return this.draft.changeTask(transitions.finish(this.draft.find(taskId), outcome, isManual, now), true);
  }

  /**
   * Puts back the running task of a process that ends, with what it has written: the next attempt may go on
   * from there.
   */
  interrupt(taskId: string, text: string): Task {
    const task = this.draft.find(taskId);
    const isRewrite = task.attempt_rewrites > 0;
    const checkpoint = isRewrite || text === '' ? null : text;
    this.draft.keepOfRuns(wentOn(this.draft.session));
    return this.draft.changeTask(transitions.putBack(task, this.draft.now, checkpoint), isRewrite);
  }

  /** That attempt is over and does not count. */
  protected putBackRunning(): void {
    for (const task of this.tasks.filter(({ status }) => status === 'running')) {
      this.draft.changeTask(transitions.putBack(task, this.draft.now), task.attempt_rewrites > 0);
    }
  }

  /** Has the tasks whose records are damaged written anew, by the plan that they were made from. */
  protected renewDamaged(): void {
    const plan = planTasks(this.draft.session);
    for (const { task_id: taskId, session_id: sessionId, position, damaged } of this.tasks) {
      const planned = plan[position];
      if (damaged === true && planned !== undefined) {
        this.draft.setText(taskId, null);
        this.draft.changeTask(newTask(taskId, { sessionId, position }, planned, this.draft.now), true);
      }
    }
  }
}
