import { setTimeout } from 'node:timers/promises';
import type { Session, SessionCommand, TaskChunk, TaskText } from '@creative-autogpt/protocol';
import type { Observable } from 'rxjs';
import type { Author } from '../authors/author';
import type { Store } from '../store/store';
import { assertAllowed } from './allowed-commands';
import type { Log } from './log';
import { putBackRunningTasks } from './put-back';
import type { SessionControl } from './session-control';
import { SessionRun, type RunParts } from './session-run';
import { WritingBoard } from './writing-board';

/** What an engine is made of. */
export interface EngineParts {
  readonly store: Store;
  readonly author: Author;
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
 * Runs sessions: any number at once, the tasks of each one after the other. Everything a command changes is stored when it
 * returns; the writing goes on behind it and shows in the store's announcements and in `chunks`.
 */
export class Engine implements SessionControl {
  readonly #store: Store;
  readonly #board = new WritingBoard();
  readonly #runParts: RunParts;
  readonly #runs = new Map<string, SessionRun>();
  #closed = false;

  /** The text of all running tasks, chunk by chunk. Hot. */
  readonly chunks: Observable<TaskChunk> = this.#board.chunks;

  constructor({ store, author, log, retryDelay = waitLonger }: EngineParts) {
    this.#store = store;
    this.#runParts = { store, author, log, retryDelay, board: this.#board };
  }

  start(sessionId: string): Session {
    return this.#launchBy('start', sessionId);
  }

  resume(sessionId: string): Session {
    return this.#launchBy('resume', sessionId);
  }

  pause(sessionId: string): Session {
    assertAllowed('pause', this.#store.findSession(sessionId));
    this.#halt(sessionId);
    return this.#store.setSessionStatus(sessionId, 'paused');
  }

  stop(sessionId: string): Session {
    assertAllowed('stop', this.#store.findSession(sessionId));
    this.#halt(sessionId);
    return this.#store.setSessionStatus(sessionId, 'stopped');
  }

  delete(sessionId: string): void {
    if (this.#store.findSession(sessionId).status === 'running') {
      this.stop(sessionId);
    }
    this.#store.deleteSession(sessionId);
  }

  /** What a session has written of its running task so far, all of it emitted on `chunks`; null between tasks. */
  writing(sessionId: string): TaskText | null {
    return this.#board.textOf(sessionId);
  }

  /** Goes on with the sessions that were running when the server ended. */
  recover(): void {
    for (const session of this.#store.sessionsWithStatus('running')) {
      this.#launch(session.id);
    }
  }

  /** Ends all work, and lets sessions that run keep that status: `recover` goes on with them at the next start. */
  async close(): Promise<void> {
    this.#closed = true;
    const runs = [...this.#runs];
    for (const [sessionId, run] of runs) {
      run.cancel();
      this.#board.clear(sessionId);
    }
    await Promise.all(runs.map(([, run]) => run.ended));
  }

  #launchBy(command: SessionCommand, sessionId: string): Session {
    assertAllowed(command, this.#store.findSession(sessionId));
    this.#store.setSessionStatus(sessionId, 'running');
    this.#launch(sessionId);
    return this.#store.findSession(sessionId);
  }

  #launch(sessionId: string): void {
    if (this.#closed) {
      return;
    }
    const run = new SessionRun(sessionId, this.#runParts);
    this.#runs.set(sessionId, run);
    void run.ended.then(() => {
      if (this.#runs.get(sessionId) === run) {
        this.#runs.delete(sessionId);
      }
    });
  }

  /** From here on the session's run changes nothing any more, and its task waits to be begun again. */
  #halt(sessionId: string): void {
    this.#runs.get(sessionId)?.cancel();
    this.#runs.delete(sessionId);
    this.#board.clear(sessionId);
    putBackRunningTasks(this.#store, sessionId);
  }
}

async function waitLonger(failedAttempts: number): Promise<void> {
  // Must not keep a process alive that has nothing else to do.
  await setTimeout(failedAttempts * RETRY_DELAY_MS, undefined, { ref: false });
}
