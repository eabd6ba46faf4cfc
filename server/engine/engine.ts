import { setTimeout } from 'node:timers/promises';
import type { Session, SessionCommand, TaskChunk, TaskText } from '@creative-autogpt/protocol';
import type { Observable } from 'rxjs';
import type { Author } from '../authors/author';
import type { Answer, NamedCommand, Store } from '../store/store';
import { applyCommand } from './apply-command';
import type { Log } from './log';
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
    return this.#obey('start', sessionId);
  }

  pause(sessionId: string): Session {
    return this.#obey('pause', sessionId);
  }

  resume(sessionId: string): Session {
    return this.#obey('resume', sessionId);
  }

  stop(sessionId: string): Session {
    return this.#obey('stop', sessionId);
  }

  /**
   * Obeys a command with an id: once, however often it comes, also when the process ends at any point of it. What it
   * changes and its answer are stored together; the writing that follows from it is taken up by `recover` otherwise.
   *
   * @throws Error when it could not be stored; then it has not been done.
   */
  obeyOnce(named: NamedCommand): Answer {
    const { command, sessionId } = named;
    const { answer, isRepeated } = this.#store.once(named, () => {
      applyCommand(this.#store, command, sessionId);
    });
    if (answer.ok && !isRepeated) {
      this.#follow(command, sessionId);
    }
    return answer;
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

  #obey(command: SessionCommand, sessionId: string): Session {
    applyCommand(this.#store, command, sessionId);
    this.#follow(command, sessionId);
    return this.#store.findSession(sessionId);
  }

  /** Lets the writing follow what a command has stored. */
  #follow(command: SessionCommand, sessionId: string): void {
    if (command === 'start' || command === 'resume') {
      this.#launch(sessionId);
    } else {
      this.#abandon(sessionId);
    }
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

  /** From here on the session's run changes nothing any more. */
  #abandon(sessionId: string): void {
    this.#runs.get(sessionId)?.cancel();
    this.#runs.delete(sessionId);
    this.#board.clear(sessionId);
  }
}

async function waitLonger(failedAttempts: number): Promise<void> {
  // Must not keep a process alive that has nothing else to do.
  await setTimeout(failedAttempts * RETRY_DELAY_MS, undefined, { ref: false });
}
