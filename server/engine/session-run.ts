import { setImmediate } from 'node:timers/promises';
import type { Task } from '@creative-autogpt/protocol';
import { AuthorError } from '../authors/author';
import { planTasks } from './plan';
import { putBackRunningTasks } from './put-back';
import { attemptTask, type AttemptParts } from './task-attempt';
import { untilAborted } from './until-aborted';

/**
 * A task whose author fails this often fails the session; when that is started again, the task has as many attempts anew.
 * Counted from what is stored, so that neither a pause nor a restart of the server gives more.
 */
const ATTEMPTS_PER_START = 3;

/** What a run works with. */
export interface RunParts extends AttemptParts {
  /** Settles when a task may be tried again after its author failed `failedAttempts` times. */
  readonly retryDelay: (failedAttempts: number) => Promise<void>;
}

/**
 * One uninterrupted run of a session, from its first unfinished task until it completes, fails or is cancelled. From the
 * call of `cancel` on, it changes nothing any more: every wait inside ends with the cancellation.
 */
export class SessionRun {
  readonly #cancelled = new AbortController();

  /** Settles when the run has ended, however it did. Never rejects. */
  readonly ended: Promise<void>;

  constructor(
    private readonly sessionId: string,
    private readonly parts: RunParts,
  ) {
    this.ended = this.#run();
  }

  cancel(): void {
    this.#cancelled.abort();
  }

  async #run(): Promise<void> {
    try {
      this.#prepare();
      await this.#writeTasks();
    } catch (error) {
      if (!this.#cancelled.signal.aborted) {
        this.#giveUp(error);
      }
    }
  }

  /** Plans a session that has no plan, and puts back what an earlier run left behind when the server was killed. */
  #prepare(): void {
    const { store } = this.parts;
    if (store.tasksOf(this.sessionId).length === 0) {
      store.planSession(this.sessionId, planTasks(store.findSession(this.sessionId)));
    }
    putBackRunningTasks(store, this.sessionId);
  }

  async #writeTasks(): Promise<void> {
    const { store } = this.parts;
    for (;;) {
      // Lets the rest of the server have its turn, even with an author that never waits.
      await untilAborted(setImmediate(), this.#cancelled.signal);
      const task = store.tasksOf(this.sessionId).find(({ status }) => status !== 'completed');
      if (task === undefined) {
        store.setSessionStatus(this.sessionId, 'completed');
        return;
      }
      if (!(await this.#attempt(task))) {
        return;
      }
    }
  }

  /** One attempt at a task. Whether the session goes on: with the next task, or with this one once more. */
  async #attempt(task: Task): Promise<boolean> {
    const { store, board } = this.parts;
    const begun = store.beginTask(task.task_id, { retry: task.failed_attempts > 0, rewrite: false });
    try {
      const outcome = await attemptTask(this.parts, begun, this.#cancelled.signal);
      board.clear(this.sessionId);
      store.completeTask(task.task_id, outcome);
      return true;
    } catch (error) {
      this.#cancelled.signal.throwIfAborted();
      board.clear(this.sessionId);
      return this.#mayTryAgain(begun, error);
    }
  }

  /** Records a failed attempt. True, after a delay, when another one may follow; false when the session has failed. */
  async #mayTryAgain(task: Task, error: unknown): Promise<boolean> {
    const { store, log, retryDelay } = this.parts;
    const failedAttempts = task.failed_attempts + 1;
    const foreseen = error instanceof AuthorError;
    const final = !foreseen || failedAttempts % ATTEMPTS_PER_START === 0;
    log[foreseen ? 'warn' : 'error'](
      { err: error, task_id: task.task_id, final },
      'an attempt at a task failed',
    );
    store.failTask(task.task_id, reasonOf(error), final);
    if (final) {
      store.setSessionStatus(this.sessionId, 'failed', reasonOf(error));
      return false;
    }
    await untilAborted(retryDelay(failedAttempts), this.#cancelled.signal);
    return true;
  }

  /** The last resort, when not even a failure could be recorded in the usual way. */
  #giveUp(error: unknown): void {
    const { store, board, log } = this.parts;
    log.error({ err: error, session_id: this.sessionId }, 'a session failed unexpectedly');
    board.clear(this.sessionId);
    try {
      putBackRunningTasks(store, this.sessionId);
      store.setSessionStatus(this.sessionId, 'failed', reasonOf(error));
    } catch (storeError) {
      log.error(
        { err: storeError, session_id: this.sessionId },
        'the failure of a session could not be stored',
      );
    }
  }
}

/** What people are told. An error nobody foresaw may say things that are not theirs to read: it goes to the log alone. */
function reasonOf(error: unknown): string {
  return error instanceof AuthorError
    ? error.message
    : 'The server failed at this task. Its log says why; start the session to try again.';
}
