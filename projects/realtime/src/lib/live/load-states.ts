import { signal, untracked } from '@angular/core';
import type { LiveClient } from './live-client';
import type { LoadFailure } from './load-failure';

/** Where the load of something stands. */
export interface LiveLoad {
  /**
   * `known` once it was read, whatever becomes of the next load; `missing` where the server says that there
   * is no such thing (its status is 404 or 410); `failed` where it could not be read.
   */
  readonly status: 'idle' | 'loading' | 'known' | 'missing' | 'failed';
  /** Why the last load failed, also of something that is known; null when it did not. */
  readonly error: Error | null;
  /** Whether something known is read again. */
  readonly isReloading: boolean;
  /** Whether events may be missing that a reload has yet to bring. */
  readonly isBehind: boolean;
}

/** How long an answer is fresh (ms). */
export const FRESH_FOR = 5_000;

const IDLE: LiveLoad = { status: 'idle', error: null, isReloading: false, isBehind: false };

/** Under no connection, not even under none. */
const NOT_ANSWERED = { connection: -1, at: 0 };

/** Where each load stands, by its key, and which answers are fresh. */
export class LoadStates {
  readonly #client: LiveClient;
  readonly #states = signal<ReadonlyMap<string, LiveLoad>>(new Map());
  /** When each was answered, and under which connection. */
  readonly #answered = new Map<string, { readonly connection: number; readonly at: number }>();

  constructor(client: LiveClient) {
    this.#client = client;
  }

  /** A signal's value. */
  of(key: string): LiveLoad {
    return this.#states().get(key) ?? IDLE;
  }

  /** Whether the answer came under the connection that is still open, and lately. */
  isFresh(key: string): boolean {
    const { connection, at } = this.#answered.get(key) ?? NOT_ANSWERED;
    return connection === this.#client.connection && this.#client.scheduler.now() - at < FRESH_FOR;
  }

  /** No answer is fresh any more. */
  outdate(): void {
    this.#answered.clear();
  }

  begin(key: string): void {
    const load = this.#current(key);
    this.#set(key, load.status === 'known' ? { ...load, isReloading: true } : { ...IDLE, status: 'loading' });
  }

  /** @param connection the one that was open when the request was sent */
  know(key: string, connection: number | null): void {
    this.#set(key, { ...IDLE, status: 'known' });
    if (connection !== null) {
      this.#answered.set(key, { connection, at: this.#client.scheduler.now() });
    }
  }

  fail(key: string, { error, kind }: LoadFailure): void {
    const load = this.#current(key);
    if (kind === 'missing') {
      this.#set(key, { ...IDLE, status: 'missing', error });
    } else if (load.status === 'known') {
      this.#set(key, { ...load, isReloading: false, error });
    } else {
      this.#set(key, { ...IDLE, status: 'failed', error });
    }
  }

  /** The load has ended, with an answer or without. */
  end(key: string): void {
    const load = this.#current(key);
    if (load.status === 'loading') {
      this.forget(key);
    } else if (load.isReloading) {
      this.#set(key, { ...load, isReloading: false });
    }
  }

  forget(key: string): void {
    this.#answered.delete(key);
    this.#states.update((states) => new Map([...states].filter(([each]) => each !== key)));
  }

  /** Events were missed for good: what is known may lack some. */
  fallBehind(): void {
    this.outdate();
    const behind = (load: LiveLoad): LiveLoad => ({ ...load, isBehind: load.status === 'known' });
    this.#states.update((states) => new Map([...states].map(([key, load]) => [key, behind(load)])));
  }

  #current(key: string): LiveLoad {
    return untracked(() => this.of(key));
  }

  #set(key: string, load: LiveLoad): void {
    this.#states.update((states) => new Map(states).set(key, load));
  }
}
