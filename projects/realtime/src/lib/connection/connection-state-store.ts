import { DestroyRef, ErrorHandler, inject, Injectable, signal, untracked } from '@angular/core';
import { BehaviorSubject } from 'rxjs';
import type { ConnectionState } from './connection-status';

/**
 * An observer that connects at once whenever it is told of a failure would otherwise never let go of the
 * page.
 */
const MOST_NEWS = 10_000;

const IDLE: ConnectionState = { status: 'disconnected', attempt: 0, lastError: null };

/**
 * The state of the connection, as a signal and as an observable that replays it. One writer: the connection.
 *
 * Observers may connect and disconnect in the middle of being told. All of them are told everything in the
 * order in which it happened all the same: what an observer causes is told after what it was told.
 */
@Injectable()
export class ConnectionStateStore {
  readonly #errors = inject(ErrorHandler);
  readonly #current = signal(IDLE);
  readonly #subject = new BehaviorSubject(IDLE);
  readonly #untold: (() => void)[] = [];
  #isHeld = false;
  #isDestroyed = false;

  readonly changes = this.#subject.asObservable();
  readonly state = this.#current.asReadonly();

  constructor() {
    inject(DestroyRef).onDestroy(() => {
      this.#current.set(IDLE);
      this.#isDestroyed = true;
      this.#subject.complete();
    });
  }

  /** Whether something has not been told yet: what happens now comes after it. */
  get isTelling(): boolean {
    return this.#isHeld;
  }

  /** Without effect once the client is destroyed. */
  set(state: ConnectionState): void {
    if (!this.#isDestroyed) {
      this.#current.set(state);
      this.tell(() => this.#subject.next(state));
    }
  }

  reset(): void {
    this.set(IDLE);
  }

  /** Calls `news` once everything before has been told. */
  tell(news: () => void): void {
    this.#untold.push(news);
    this.whole(() => undefined);
  }

  /**
   * Does a change of several steps. Nobody is told of it before it is complete; what is done and told is
   * nothing that an effect of the caller depends on. Observers that go on and on causing each other are
   * stopped, and Angular's `ErrorHandler` is told: the caller may be a stream, which an error would end.
   */
  whole(change: () => void): void {
    if (this.#isHeld) {
      change();
      return;
    }
    this.#isHeld = true;
    try {
      untracked(() => {
        change();
        this.#tellAll();
      });
    } finally {
      this.#isHeld = false;
    }
  }

  #tellAll(): void {
    let told = 0;
    for (let news = this.#untold.shift(); news; news = this.#untold.shift()) {
      news();
      told += 1;
      if (told === MOST_NEWS) {
        this.#errors.handleError(
          new Error(
            ngDevMode
              ? '@creative-autogpt/realtime: an observer of the connection connects whenever it is told of a failure. ' +
                  'Give withRetry(), or wait before calling connect().'
              : 'endless',
          ),
        );
        this.#untold.length = 0;
      }
    }
  }
}
