import { DestroyRef, ErrorHandler, inject, type Injector, NgZone, signal, untracked } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import {
  defer,
  EMPTY,
  filter,
  ignoreElements,
  merge,
  type Observable,
  retry,
  type SchedulerLike,
  skip,
  Subject,
  switchMap,
  take,
  tap,
  throwIfEmpty,
  timer,
} from 'rxjs';
import type { FrameScheduler } from '../events/per-frame';
import { REALTIME_FRAMES } from '../events/realtime-frames';
import { RealtimeService } from '../realtime-service';
import { REALTIME_GAPS } from '../recovery/recovery-gap';
import { STREAM_CURSOR, type StreamCursor } from '../recovery/stream-cursor';
import type { StreamPosition } from '../recovery/stream-position';
import { backoffDelay } from '../retry/backoff';
import { REALTIME_SCHEDULER } from '../time/realtime-scheduler';
import type { Positioned } from './positioned';

/** How a failed load is tried again: after 1, 2, 4… to 30 seconds, each up to 20 % longer at random. */
const BACKOFF = { initialDelay: 1_000, maxDelay: 30_000, jitter: 0.2 };

/** One event, as what it does to a value. */
export interface LiveChange<T> {
  readonly apply: (value: T) => T;
  /** Offset of the event; null when it has none. */
  readonly offset: number | null;
}

/** Where a live read stands. */
export type LiveState<T> =
  | { readonly phase: 'idle' | 'loading' }
  | { readonly phase: 'failed'; readonly error: Error }
  | {
      readonly phase: 'loaded';
      readonly value: T;
      readonly isReloading: boolean;
      /** Why the last reload failed; null when it did not. */
      readonly error: Error | null;
      /** Whether the value may lack events that a reload has yet to bring. */
      readonly isBehind: boolean;
    };

type Load<T> = () => Observable<Positioned<T>>;

/**
 * A value that is loaded once and then kept right by the events that change it, whatever comes first:
 *
 * - an event that arrives while a load is under way is applied to the value there is, and once more over the answer, since
 *   the server may have read the answer before the event happened. With the position of the answer, exactly the events
 *   after it are applied;
 * - a load that fails is tried again, and the value there is stays;
 * - events that were missed for good begin the load anew.
 *
 * Call the constructor in an injection context, whose end is the end of the read.
 */
export class LiveRead<T> {
  readonly #errors = inject(ErrorHandler);
  readonly #zone = inject(NgZone);
  readonly #scheduler: SchedulerLike;
  readonly #nextFrame: FrameScheduler;
  readonly #cursor: StreamCursor | null;
  /** Connections that open from now on. */
  readonly #newConnections: Observable<unknown>;

  readonly #current = signal<LiveState<T>>({ phase: 'idle' });
  readonly #loads = new Subject<Load<T> | null>();
  #load: Load<T> | null = null;
  #failures = 0;
  /** Changes since the load under way began; null when none is under way. */
  #recorded: LiveChange<T>[] | null = null;
  /** Changes that wait for the next frame. */
  #waiting: LiveChange<T>[] = [];
  #cancelFrame: (() => void) | null = null;
  /** The position that the last answer came with. */
  #loadedAt: StreamPosition | null = null;

  readonly state = this.#current.asReadonly();

  /** @param client injector of the client whose events keep the value right */
  constructor(client: Pick<Injector, 'get'>) {
    this.#scheduler = client.get(REALTIME_SCHEDULER);
    this.#nextFrame = client.get(REALTIME_FRAMES);
    this.#cursor = client.get(STREAM_CURSOR, null);
    this.#newConnections = client.get(RealtimeService).statusChanges.pipe(
      skip(1),
      filter((status) => status === 'connected'),
    );
    this.#loads
      .pipe(
        switchMap((load) => (load === null ? EMPTY : this.#loading(load))),
        takeUntilDestroyed(),
      )
      .subscribe();
    const losses = this.#losses(client.get(REALTIME_GAPS, null)).pipe(
      tap(() => this.#loseTouch()),
      takeUntilDestroyed(),
    );
    this.outside(() => losses.subscribe());
    inject(DestroyRef).onDestroy(() => this.#forgetWaiting());
  }

  /**
   * Runs `work` outside of the Angular zone. Signals show what is read in applications with zone.js too; a round of change
   * detection for each event would only cost.
   */
  outside(work: () => unknown): void {
    this.#zone.runOutsideAngular(work);
  }

  /** Reads something else: what was known is forgotten. */
  open(load: Load<T>): void {
    this.#turnTo(load, 'loading');
  }

  /** Reads nothing any more, and forgets what was known. */
  close(): void {
    this.#turnTo(null, 'idle');
  }

  /** Loads once more. @returns whether there is something to load */
  reload(): boolean {
    const state = untracked(this.#current);
    if (state.phase === 'loaded') {
      this.#current.set({ ...state, isReloading: true });
    } else if (this.#load !== null) {
      this.#current.set({ phase: 'loading' });
    }
    this.#begin();
    return this.#load !== null;
  }

  /** Takes an event as it arrives. Its change shows with the next frame. */
  take(change: LiveChange<T>): void {
    this.#recorded?.push(change);
    if (untracked(this.#current).phase !== 'loaded' || this.#isLoaded(change)) {
      return;
    }
    this.#waiting.push(change);
    this.#cancelFrame ??= this.#nextFrame(() => this.#showWaiting());
    if (this.#waiting.length === 0) {
      // A scheduler may call back at once.
      this.#cancelFrame = null;
    }
  }

  #turnTo(load: Load<T> | null, phase: 'loading' | 'idle'): void {
    this.#forgetWaiting();
    this.#load = load;
    this.#loadedAt = null;
    this.#recorded = null;
    this.#current.set({ phase });
    this.#begin();
  }

  #begin(): void {
    this.#failures = 0;
    this.#loads.next(this.#load);
  }

  #loading(load: Load<T>): Observable<never> {
    return defer(() => {
      // What has arrived before the request is in the answer.
      this.#showWaiting();
      this.#recorded = [];
      return load();
    }).pipe(
      take(1),
      throwIfEmpty(() => new Error('The load ended without an answer.')),
      tap((answer) => this.#answer(answer)),
      retry({ delay: (error: unknown) => this.#fail(toError(error)) }),
      ignoreElements(),
    );
  }

  #answer({ value, position }: Positioned<T>): void {
    const recorded = this.#recorded ?? [];
    this.#recorded = null;
    this.#forgetWaiting();
    this.#loadedAt = position;
    this.#failures = 0;
    this.#current.set({
      phase: 'loaded',
      value: this.#applied(value, recorded),
      isReloading: false,
      error: null,
      isBehind: false,
    });
  }

  /** @returns emits when the load is due again */
  #fail(error: Error): Observable<unknown> {
    this.#recorded = null;
    this.#failures += 1;
    const state = untracked(this.#current);
    this.#current.set(
      state.phase === 'loaded' ? { ...state, isReloading: false, error } : { phase: 'failed', error },
    );
    const due = timer(backoffDelay(this.#failures, BACKOFF, Math.random()), this.#scheduler);
    return merge(due, this.#newConnections).pipe(take(1));
  }

  /** Events were missed for good. */
  #loseTouch(): void {
    const state = untracked(this.#current);
    if (state.phase === 'loaded') {
      this.#current.set({ ...state, isBehind: true, isReloading: true });
    }
    this.#begin();
  }

  /**
   * Emits when the value may lack events: after gaps, and with the first connection of a client that has no position yet
   * from which a gap could be told.
   */
  #losses(gaps: Observable<unknown> | null): Observable<unknown> {
    if (gaps === null) {
      return this.#newConnections;
    }
    // With the first connection the position comes, and in a tab that follows another one before the state says so.
    const hadNone = this.#cursor?.position === null;
    return merge(this.#newConnections.pipe(take(hadNone ? 1 : 0)), gaps);
  }

  #showWaiting(): void {
    const waiting = this.#waiting;
    this.#forgetWaiting();
    const state = untracked(this.#current);
    if (waiting.length > 0 && state.phase === 'loaded') {
      this.#current.set({ ...state, value: this.#applied(state.value, waiting) });
    }
  }

  #forgetWaiting(): void {
    this.#cancelFrame?.();
    this.#cancelFrame = null;
    this.#waiting = [];
  }

  /** The value after the changes that are not in it yet. A change that throws is left out. */
  #applied(value: T, changes: readonly LiveChange<T>[]): T {
    return changes.reduce((before, change) => {
      if (this.#isLoaded(change)) {
        return before;
      }
      try {
        return untracked(() => change.apply(before));
      } catch (error) {
        this.#errors.handleError(error);
        return before;
      }
    }, value);
  }

  /** Whether the last answer has the change already. */
  #isLoaded({ offset }: LiveChange<T>): boolean {
    const position = this.#cursor?.position;
    return (
      offset !== null &&
      this.#loadedAt !== null &&
      this.#loadedAt.epoch === position?.epoch &&
      offset <= this.#loadedAt.offset
    );
  }
}

function toError(cause: unknown): Error {
  return cause instanceof Error ? cause : new Error(String(cause), { cause });
}
