import { computed, signal, untracked } from '@angular/core';
import {
  catchError,
  defer,
  EMPTY,
  finalize,
  ignoreElements,
  merge,
  mergeMap,
  NEVER,
  type Observable,
  retry,
  Subject,
  switchMap,
  take,
  tap,
  throttleTime,
  throwIfEmpty,
  timer,
} from 'rxjs';
import { backoffDelay } from '../retry/backoff';
import type { LiveClient } from './live-client';
import type { LiveRequests } from './live-history';
import { failureOf, type LoadFailure } from './load-failure';
import { FRESH_FOR, type LiveLoad, LoadStates } from './load-states';
import type { Positioned } from './positioned';

/** How a failed load is tried again: after 1, 2, 4… to 30 seconds, each up to 20 % longer at random. */
const BACKOFF = { initialDelay: 1_000, maxDelay: 30_000, jitter: 0.2 };
/** Least time between two loads that `refresh()` begins (ms). */
const REFRESH_INTERVAL = 1_000;
/** Single loads at once. */
const PARALLEL_LOADS = 4;

/** What a live read loads, and what its answers change. */
export interface LiveReadOptions<Params, Change> {
  /** One attempt. It answers once. */
  readonly load: (params: Params) => Observable<Positioned<Change>>;
  /** What it changes that there is no such thing. @default nothing */
  readonly missing?: ((params: Params) => Change) | undefined;
  /** Params with the same key are the same. @default their JSON */
  readonly key?: (params: Params) => string;
  /** How many of the things opened last are kept. @default all */
  readonly keep?: number | undefined;
  /** What changes with the thing opened longest ago when there are more. @default nothing */
  readonly evict?: ((params: Params) => Change) | undefined;
}

interface Opened<Params> {
  readonly key: string;
  readonly params: Params;
}

interface FailedFetch<Params> extends Opened<Params> {
  readonly kind: LoadFailure['kind'];
  readonly at: number;
}

/**
 * Loads into a history. One thing at a time is open: it is loaded, loaded again when that fails or when
 * events were missed for good, and stays known when another one is opened. Others can be loaded once beside
 * it.
 */
export class LiveRead<Params, Change = unknown> {
  readonly #client: LiveClient;
  readonly #history: LiveRequests<Change>;
  readonly #options: LiveReadOptions<Params, Change>;
  readonly #keyOf: (params: Params) => string;
  readonly #states: LoadStates;
  readonly #open = signal<Opened<Params> | null>(null);
  readonly #loads = new Subject<Opened<Params> | null>();
  readonly #refreshes = new Subject<void>();
  readonly #fetches = new Subject<Opened<Params>>();
  /** Key of the load of what is open while it is under way. */
  #underWay: string | null = null;
  /** Whether a refresh waits for the load under way: one a second would end no load that takes longer. */
  #isRefreshDue = false;
  /** What was opened, the newest at the end. */
  readonly #kept = new Map<string, Params>();
  readonly #fetching = new Set<string>();
  readonly #failed = new Map<string, FailedFetch<Params>>();

  constructor(client: LiveClient, history: LiveRequests<Change>, options: LiveReadOptions<Params, Change>) {
    this.#client = client;
    this.#states = new LoadStates(client);
    this.#history = history;
    this.#options = options;
    this.#keyOf = options.key ?? keyOf;
    client.follow(this.#loads.pipe(switchMap((opened) => (opened ? this.#loading(opened) : EMPTY))));
    client.follow(
      this.#refreshes.pipe(
        throttleTime(REFRESH_INTERVAL, client.scheduler, { leading: true, trailing: true }),
        tap(() => this.#refreshOnce()),
      ),
    );
    client.follow(this.#fetches.pipe(mergeMap((one) => this.#loadingOnce(one), PARALLEL_LOADS)));
    client.follow(client.losses.pipe(tap(() => this.#loseTouch())));
    client.follow(client.newConnections.pipe(tap(() => this.#fetchAgain())));
  }

  /** What is open; null when nothing is. */
  readonly opened = computed(() => {
    const open = this.#open();
    return open === null ? null : open.params;
  });

  /** Where the load of something stands. */
  loadOf(params: Params): LiveLoad {
    return this.#states.of(this.#keyOf(params));
  }

  /** Whether something is open. */
  isOpen(params: Params): boolean {
    return untracked(this.#open)?.key === this.#keyOf(params);
  }

  /** Whether something is among the things opened last that are kept. */
  keeps(params: Params): boolean {
    return this.#kept.has(this.#keyOf(params));
  }

  /**
   * Opens something in place of what was open, and loads it, unless an answer under the connection that is
   * still open is younger than 5 s, or one is under way.
   */
  open(params: Params): void {
    untracked(() => {
      const opened = { key: this.#keyOf(params), params };
      this.#open.set(opened);
      this.#keep(opened);
      if (this.#underWay !== opened.key) {
        this.#begin(this.#states.isFresh(opened.key) ? null : opened);
      }
    });
  }

  /** Nothing is open any more. What is known stays known. */
  close(): void {
    untracked(() => {
      this.#open.set(null);
      this.#begin(null);
    });
  }

  /** Loads what is open once more; it stays known meanwhile. @returns whether something is open */
  reload(): boolean {
    return untracked(() => {
      const open = this.#open();
      this.#begin(open);
      return open !== null;
    });
  }

  /** Events say that what was read is outdated: loads what is open once more, at most once a second. */
  refresh(): void {
    this.#states.outdate();
    this.#client.outside(() => this.#refreshes.next());
  }

  /** Loads something once, beside what is open: at most four at a time, and after a failure not for 5 s. */
  fetch(params: Params): void {
    untracked(() => {
      const key = this.#keyOf(params);
      const failedAt = this.#failed.get(key)?.at ?? -Infinity;
      const isTired = this.#client.scheduler.now() - failedAt < FRESH_FOR;
      if (!isTired && !this.#fetching.has(key) && this.#underWay !== key) {
        this.#fetching.add(key);
        this.#client.outside(() => this.#fetches.next({ key, params }));
      }
    });
  }

  /** What was loaded of something is not known any more. */
  forget(params: Params): void {
    const key = this.#keyOf(params);
    this.#states.forget(key);
    if (this.#underWay === key) {
      this.#states.begin(key);
    }
  }

  #loading(opened: Opened<Params>): Observable<never> {
    this.#states.begin(opened.key);
    return defer(() => {
      this.#underWay = opened.key;
      this.#isRefreshDue = false;
      return this.#attempt(opened);
    }).pipe(
      retry({ delay: (cause: unknown, attempt) => this.#nextAttempt(opened, failureOf(cause), attempt) }),
      tap({ complete: () => this.#refreshWhereDue() }),
      finalize(() => {
        this.#underWay = null;
        this.#states.end(opened.key);
      }),
    );
  }

  #loadingOnce(opened: Opened<Params>): Observable<never> {
    this.#states.begin(opened.key);
    return this.#attempt(opened).pipe(
      catchError((cause: unknown) => {
        const failure = failureOf(cause);
        this.#fail(opened, failure);
        this.#failed.set(opened.key, { ...opened, kind: failure.kind, at: this.#client.scheduler.now() });
        return EMPTY;
      }),
      finalize(() => {
        this.#fetching.delete(opened.key);
        if (this.#underWay !== opened.key) {
          this.#states.end(opened.key);
        }
      }),
    );
  }

  #attempt({ key, params }: Opened<Params>): Observable<never> {
    return defer(() => {
      const place = this.#history.begin();
      const { connection } = this.#client;
      return this.#options.load(params).pipe(
        take(1),
        throwIfEmpty(() => new Error('The load ended without an answer.')),
        tap(({ value, position }) => {
          this.#history.answer(place, value, position);
          this.#states.know(key, connection);
          this.#failed.delete(key);
        }),
        finalize(() => this.#history.abandon(place)),
        ignoreElements(),
      );
    });
  }

  /** @returns emits when the load is due again */
  #nextAttempt(opened: Opened<Params>, failure: LoadFailure, attempt: number): Observable<unknown> {
    this.#underWay = null;
    this.#fail(opened, failure);
    const { newConnections, scheduler } = this.#client;
    const due = timer(backoffDelay(attempt, BACKOFF, Math.random()), scheduler);
    const ways = { missing: NEVER, final: newConnections, passing: merge(due, newConnections) };
    const again: Observable<unknown> = ways[failure.kind];
    return again.pipe(take(1));
  }

  #fail({ key, params }: Opened<Params>, failure: LoadFailure): void {
    this.#states.fail(key, failure);
    const change = failure.kind === 'missing' ? this.#options.missing?.(params) : undefined;
    if (change !== undefined) {
      this.#history.change(change);
    }
  }

  #begin(opened: Opened<Params> | null): void {
    this.#client.outside(() => this.#loads.next(opened));
  }

  #refreshOnce(): void {
    if (this.#underWay === null) {
      this.reload();
    } else {
      this.#isRefreshDue = true;
    }
  }

  #refreshWhereDue(): void {
    this.#underWay = null;
    if (this.#isRefreshDue) {
      this.#isRefreshDue = false;
      this.#refreshes.next();
    }
  }

  /** Events were missed for good. */
  #loseTouch(): void {
    this.#states.fallBehind();
    this.reload();
  }

  /** With a new connection, what could not be loaded may be. */
  #fetchAgain(): void {
    const failed = [...this.#failed.values()].filter(({ kind }) => kind !== 'missing');
    this.#failed.clear();
    failed.forEach(({ params }) => this.fetch(params));
  }

  #keep({ key, params }: Opened<Params>): void {
    const { keep = Infinity, evict } = this.#options;
    this.#kept.delete(key);
    this.#kept.set(key, params);
    const [oldest] = this.#kept;
    if (oldest !== undefined && this.#kept.size > keep) {
      this.#kept.delete(oldest[0]);
      this.forget(oldest[1]);
      if (evict) {
        this.#history.change(evict(oldest[1]));
      }
    }
  }
}

/** Ids are keys as they are: handlers may ask about one with every event. */
function keyOf(params: unknown): string {
  return typeof params === 'string' ? params : JSON.stringify([params]);
}
