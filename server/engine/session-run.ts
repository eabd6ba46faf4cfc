import { setImmediate } from 'node:timers/promises';
import type { FailureCode, Task } from '@creative-autogpt/protocol';
import { AuthorError } from '../authors/author';
import { DamagedSession, ServiceError } from '../domain/service-error';
import type { Launch, Store } from '../ports/store';
import { UnstorableRecord } from '../ports/store';
import { RunSuperseded } from '../domain/run-superseded';
import type { BegunTask, Work } from '../domain/work';
import { isLastAttempt } from '../domain/task-transitions';
import type { RunEnding } from '../ports/run-queue';
import { attemptTask, type AuthoringParts, stopwatch } from './task-attempt';
import { untilAborted } from './until-aborted';

/** What a model says of itself is told up to this many characters. */
const LONGEST_REASON = 1000;

/** What an attempt has cost that failed for a reason that its author does not know. */
const NOTHING_TOLD = { calls: 1, promptTokens: 0, completionTokens: 0 };

/** What a run works with. */
export interface RunParts extends AuthoringParts {
  /** Name of this process in the records of what it runs. */
  readonly processId: string;
  /** Settles when a task may be tried again after its author failed `failedAttempts` times. */
  readonly retryDelay: (failedAttempts: number) => Promise<void>;
}

/**
 * One uninterrupted run of a session, from its first unfinished task until it completes, fails, waits for a
 * person or is ended. Whatever it stores it stores under its number: once another run has the session, or
 * none may have it, nothing of this one is stored any more, in whichever process it goes on.
 */
export class SessionRun {
  readonly #ending = new AbortController();
  /** Undefined until the session is claimed. */
  #number: number | undefined;
  #firstAfter = 0;

  /** Settles when the run has ended, however it did. Never rejects. */
  readonly ended: Promise<RunEnding>;

  constructor(
    private readonly launch: Launch,
    private readonly store: Store,
    private readonly parts: RunParts,
  ) {
    // At once, so that no chunk follows what ended the run.
    this.#ending.signal.addEventListener('abort', () => {
      this.#clearBoard();
    });
    this.ended = this.#run();
  }

  get sessionId(): string {
    return this.launch.sessionId;
  }

  /** The process ends: the session is to be taken up again. */
  interrupt(): void {
    this.#ending.abort();
  }

  /** Ends the run if its number is lower than this one. */
  endIfBefore(firstAfter: number): void {
    this.#firstAfter = Math.max(this.#firstAfter, firstAfter);
    if (this.#number !== undefined && this.#number < this.#firstAfter) {
      this.#ending.abort(new RunSuperseded(this.sessionId));
    }
  }

  async #run(): Promise<RunEnding> {
    try {
      await this.#claim();
      await this.#writeTasks();
      return 'over';
    } catch (error) {
      this.#clearBoard();
      if (isOver(error) || isOver(this.#ending.signal.reason)) {
        return 'over';
      }
      if (this.#ending.signal.aborted || isUnavailable(error)) {
        return 'interrupted';
      }
      return this.#giveUp(error);
    }
  }

  async #claim(): Promise<void> {
    const { processId } = this.parts;
    this.#number = await this.store.change(this.sessionId, (work) =>
      work.claimRun(this.launch.launch, processId),
    );
    this.endIfBefore(this.#firstAfter);
  }

  async #writeTasks(): Promise<void> {
    for (;;) {
      // Lets the rest of the server have its turn, even with an author that never waits.
      await untilAborted(setImmediate(), this.#ending.signal);
      const begun = await this.#change((work) => work.beginNext());
      if (begun === null || !(await this.#attempt(begun))) {
        return;
      }
    }
  }

  /** One attempt at a task. Whether the session goes on: with the next task, or with this one once more. */
  async #attempt({ task, checkpoint }: BegunTask): Promise<boolean> {
    const { task_id: taskId } = task;
    let written = checkpoint;
    const seconds = stopwatch();
    try {
      const outcome = await attemptTask(
        {
          ...this.parts,
          store: this.store,
          place: this.#place,
          checkpoint,
          written: (text) => {
            written = text;
          },
          waits: (waiting) => this.#change((work) => work.wait(taskId, waiting)),
          beginRewrite: () => this.#change((work) => work.begin(taskId, { retry: true, rewrite: true })),
        },
        task,
        this.#ending.signal,
      );
      await this.#change((work) => work.finish(taskId, outcome));
      this.#clearBoard();
      return true;
    } catch (error) {
      if (this.#ending.signal.aborted) {
        await this.#keep(taskId, written);
      }
      if (this.#ending.signal.aborted || isOver(error) || isUnavailable(error)) {
        throw error;
      }
      this.#clearBoard();
      return this.#mayTryAgain(task, error, seconds());
    }
  }

  /** Keeps the written text for the next run, unless another run has the session already. */
  async #keep(taskId: string, written: string): Promise<void> {
    try {
      await this.#change((work) => work.interrupt(taskId, written));
    } catch (error) {
      if (!isOver(error)) {
        this.parts.log.warn({ err: error, task_id: taskId }, 'what was written of a task could not be kept');
      }
    }
  }

  /**
   * Records a failed attempt. True, after a delay, when another one may follow; false when the session has
   * failed.
   */
  async #mayTryAgain(task: Task, error: unknown, seconds: number): Promise<boolean> {
    const { log, retryDelay } = this.parts;
    const foreseen = error instanceof AuthorError;
    const mayTryAgain = foreseen && error.mayTryAgain;
    const final = isLastAttempt(task, mayTryAgain);
    log[foreseen ? 'warn' : 'error'](
      { err: error, task_id: task.task_id, final },
      'an attempt at a task failed',
    );
    const failed = await this.#change((work) =>
      work.fail(task.task_id, {
        ...failureOf(error),
        mayTryAgain,
        seconds,
        spent: foreseen ? error.usage : NOTHING_TOLD,
      }),
    );
    if (!final) {
      await untilAborted(retryDelay(failed.failed_attempts), this.#ending.signal);
    }
    return !final;
  }

  /** The last resort, when not even a failure could be recorded in the usual way. */
  async #giveUp(error: unknown): Promise<RunEnding> {
    const { log } = this.parts;
    const run = this.#number;
    log.error({ err: error, session_id: this.sessionId }, 'a session failed unexpectedly');
    try {
      await this.store.change(this.sessionId, (work) => {
        if (run === undefined) {
          work.claimRun(this.launch.launch, this.parts.processId);
        } else {
          work.mustBeRun(run);
        }
        work.giveUp(failureOf(error));
      });
      return 'over';
    } catch (storeError) {
      if (isOver(storeError)) {
        return 'over';
      }
      log.error(
        { err: storeError, session_id: this.sessionId },
        'the failure of a session could not be stored',
      );
      return 'interrupted';
    }
  }

  /** Changes the session as long as it is this run's. */
  #change<T>(change: (work: Work) => T): Promise<T> {
    const run = this.#runNumber;
    return this.store.change(this.sessionId, (work) => {
      work.mustBeRun(run);
      return change(work);
    });
  }

  #clearBoard(): void {
    if (this.#number !== undefined) {
      this.parts.board.clear(this.#place);
    }
  }

  get #place(): { owner: string; sessionId: string; run: number } {
    const { owner, sessionId } = this.launch;
    return { owner, sessionId, run: this.#runNumber };
  }

  get #runNumber(): number {
    if (this.#number === undefined) {
      throw new Error('The run has not claimed its session yet.');
    }
    return this.#number;
  }
}

function isUnavailable(error: unknown): boolean {
  return error instanceof ServiceError && error.code === 'unavailable';
}

/** Whether the error says that this run does not have the session, or that no run can have it. */
function isOver(error: unknown): boolean {
  return (
    error instanceof RunSuperseded ||
    error instanceof DamagedSession ||
    (error instanceof ServiceError && error.code === 'unknown_session')
  );
}

function failureOf(error: unknown): { readonly error: string; readonly code: FailureCode } {
  return { error: reasonOf(error), code: error instanceof AuthorError ? error.code : 'internal' };
}

/** What people are told. The text of an unforeseen error may contain secrets: it goes to the log alone. */
function reasonOf(error: unknown): string {
  if (error instanceof AuthorError) {
    return error.message.slice(0, LONGEST_REASON);
  }
  return error instanceof UnstorableRecord
    ? `What was written could not be stored, as "${error.field}" did not fit. Start the session to try again.`
    : 'The server failed at this task. Its log says why; start the session to try again.';
}
