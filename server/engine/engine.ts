import { setTimeout } from 'node:timers/promises';
import type { Decision, NewFeedback, Session, SessionCommand, Task } from '@creative-autogpt/protocol';
import type { Subscription } from 'rxjs';
import type { Author } from '../authors/author';
import type { Answer, EndedRun, Launch, NamedCommand, Stores } from '../ports/store';
import { ServiceError } from '../domain/service-error';
import type { Steering, Work } from '../domain/work';
import type { Log } from '../ports/log';
import type { RunEnding, RunQueue } from '../ports/run-queue';
import type { SessionControl } from '../ports/session-control';
import { SessionRun, type RunParts } from './session-run';
import type { WritingBoard } from '../ports/writing-board';

/** What an engine is made of. */
export interface EngineParts {
  readonly stores: Stores;
  readonly author: Author;
  readonly board: WritingBoard;
  readonly queue: RunQueue;
  /** Name of this process in the records of what it runs. */
  readonly processId: string;
  readonly log: Log;
  /**
   * Settles when a task may be tried again after its author failed `failedAttempts` times.
   *
   * @default a second for each failed attempt
   */
  readonly retryDelay?: (failedAttempts: number) => Promise<void>;
}

const RETRY_DELAY_MS = 1000;

/**
 * Steers sessions, and runs those that the queue gives to this process: any number at once, the tasks of each
 * one after the other. Everything a command changes is stored when it settles; the writing goes on behind it
 * and shows in what the stores publish and on the board.
 */
export class Engine implements SessionControl {
  readonly #stores: Stores;
  readonly #queue: RunQueue;
  readonly #runParts: RunParts;
  readonly #runs = new Set<SessionRun>();
  readonly #endedRuns: Subscription;
  #isClosed = false;

  constructor({ stores, author, board, queue, processId, log, retryDelay = waitLonger }: EngineParts) {
    this.#stores = stores;
    this.#queue = queue;
    this.#runParts = { author, board, processId, log, retryDelay };
    this.#endedRuns = stores.endedRuns.subscribe({
      next: (ended) => {
        this.#end(ended);
      },
      error: (error: unknown) => {
        log.error({ err: error }, 'runs that end elsewhere are not heard of any more');
      },
    });
    queue.serve((launch) => this.#execute(launch));
  }

  /** Number of sessions that run in this process at the moment. */
  get runCount(): number {
    return this.#runs.size;
  }

  command(owner: string, sessionId: string, command: SessionCommand): Promise<Session> {
    return this.#steer(owner, sessionId, { event: command }, (work) => work.session);
  }

  async approve(owner: string, taskId: string, decision: Decision): Promise<Task> {
    const store = this.#stores.of(owner);
    const { session_id: sessionId } = await store.findTask(taskId);
    await this.#steer(owner, sessionId, { event: 'approve', taskId, decision }, () => undefined);
    return store.findTask(taskId);
  }

  giveFeedback(
    owner: string,
    sessionId: string,
    { message, task_id: taskId }: NewFeedback,
  ): Promise<Session> {
    const feedback = { event: 'feedback', message, taskId: taskId ?? null } as const;
    return this.#steer(owner, sessionId, feedback, (work) => work.session);
  }

  async delete(owner: string, sessionId: string): Promise<void> {
    const store = this.#stores.of(owner);
    const { damaged } = await store.findSession(sessionId);
    if (damaged !== true) {
      await store.change(sessionId, (work) => {
        if (work.session.status === 'running') {
          work.stop();
        }
      });
    }
    await store.deleteSession(sessionId);
  }

  /** Follows what a person asks of a session. */
  async obey(owner: string, sessionId: string, steering: Steering): Promise<void> {
    await this.#steer(owner, sessionId, steering, () => undefined);
  }

  /**
   * As `obey`, once for each command, however often it comes, also when the process ends at any point of it.
   * What it changes and its answer are stored together; the writing that follows from it is taken up by
   * `recover` otherwise.
   */
  async obeyOnce(owner: string, named: NamedCommand, steering: Steering): Promise<Answer> {
    let launch: number | null = null;
    const { answer, isRepeated } = await this.#stores.of(owner).once(named, (work) => {
      launch = steerAndLaunch(work, steering);
    });
    if (answer.ok && !isRepeated) {
      await this.#follow(owner, named.sessionId, launch);
    }
    return answer;
  }

  /**
   * Stores that a process has failed by itself with each session that it was writing: one that did so to
   * three processes in a row waits for a person.
   */
  async noteCrash(processId: string): Promise<void> {
    for (const { owner, sessionId } of await this.#stores.toBeRun()) {
      try {
        await this.#stores.of(owner).change(sessionId, (work) => {
          work.noteCrash(processId);
        });
      } catch (error) {
        if (!(error instanceof ServiceError) || error.code === 'unavailable') {
          throw error;
        }
        // It was deleted meanwhile, or is damaged: nothing runs it.
      }
    }
  }

  /** Goes on with the sessions that were running when their process ended. */
  async recover(): Promise<void> {
    for (const launch of await this.#stores.toBeRun()) {
      await this.#queue.add(launch);
    }
  }

  /**
   * Ends all work here, and lets sessions that run keep that status: another process, or the next start, goes
   * on with them.
   */
  async close(): Promise<void> {
    this.#isClosed = true;
    this.#endedRuns.unsubscribe();
    for (const run of this.#runs) {
      run.interrupt();
    }
    await this.#queue.close();
  }

  async #steer<T>(
    owner: string,
    sessionId: string,
    steering: Steering,
    answer: (work: Work) => T,
  ): Promise<T> {
    const { launch, result } = await this.#stores.of(owner).change(sessionId, (work) => ({
      launch: steerAndLaunch(work, steering),
      result: answer(work),
    }));
    await this.#follow(owner, sessionId, launch);
    return result;
  }

  /** Lets the writing follow what a command has stored. */
  async #follow(owner: string, sessionId: string, launch: number | null): Promise<void> {
    if (launch !== null && !this.#isClosed) {
      await this.#queue.add({ owner, sessionId, launch });
    }
  }

  async #execute(launch: Launch): Promise<RunEnding> {
    if (this.#isClosed) {
      return 'interrupted';
    }
    const run = new SessionRun(launch, this.#stores.of(launch.owner), this.#runParts);
    this.#runs.add(run);
    const ending = await run.ended;
    this.#runs.delete(run);
    return ending;
  }

  #end({ sessionId, run: firstAfter }: EndedRun): void {
    for (const run of this.#runs) {
      if (sessionId === null || run.sessionId === sessionId) {
        run.endIfBefore(firstAfter);
      }
    }
  }
}

/** @returns what is to be run because of it; null for nothing new */
function steerAndLaunch(work: Work, steering: Steering): number | null {
  const before = work.launch;
  work.steer(steering);
  return work.launch === before ? null : work.launch;
}

async function waitLonger(failedAttempts: number): Promise<void> {
  // Must not keep a process alive that has nothing else to do.
  await setTimeout(failedAttempts * RETRY_DELAY_MS, undefined, { ref: false });
}
