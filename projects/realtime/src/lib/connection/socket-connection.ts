import { isPlatformBrowser } from '@angular/common';
import { inject, Injectable, Injector, NgZone, PLATFORM_ID, runInInjectionContext } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import {
  concat,
  defer,
  EMPTY,
  filter,
  finalize,
  merge,
  type Observable,
  of,
  retry,
  Subject,
  switchMap,
  take,
  tap,
  timer,
} from 'rxjs';
import { CLIENT_HOOKS } from '../extensions/client-hooks';
import type { Ending, OpenedSocket } from '../extensions/realtime-hooks';
import { REALTIME_CONFIG } from '../realtime-config';
import { RealtimeError, toRealtimeError } from '../realtime-error';
import type { RealtimeMessage } from '../realtime-message';
import { REALTIME_SCHEDULER } from '../time/realtime-scheduler';
import { CallerZone } from '../zones/caller-zone';
import { type CloseAction, DEFAULT_CLOSE_POLICY, pauseAskedFor } from './close-policy';
import { Connection, consume } from './connection';
import { ConnectionStateStore } from './connection-state-store';
import { ErrorReports } from './error-reports';
import { Handshake } from './handshake';
import type { Handover, RealtimeLink } from './realtime-link';
import { SocketLink } from './socket-link';
import { SocketOpener } from './socket-opener';

/**
 * The connection over a socket of its own: opens it, tries it again by the reconnect policy, and ends it.
 *
 * Everything runs outside the Angular zone, so that waiting timers never keep an application with zone.js
 * unstable.
 */
@Injectable()
export class SocketConnection extends Connection {
  readonly #config = inject(REALTIME_CONFIG);
  readonly #hooks = inject(CLIENT_HOOKS);
  readonly #opener = inject(SocketOpener);
  readonly #handshake = inject(Handshake);
  readonly #policy = this.#hooks.find(({ reconnect }) => reconnect)?.reconnect;
  readonly #state = inject(ConnectionStateStore);
  readonly #reports = inject(ErrorReports);
  readonly #scheduler = inject(REALTIME_SCHEDULER);
  readonly #zone = inject(NgZone);
  readonly #injector = inject(Injector);
  readonly #callers = inject(CallerZone);
  readonly #isBrowser = isPlatformBrowser(inject(PLATFORM_ID));

  readonly #closePolicy = { ...DEFAULT_CLOSE_POLICY, ...this.#config.closePolicy };
  readonly #wanted = new Subject<boolean>();
  readonly #received = new Subject<RealtimeMessage>();
  #link: RealtimeLink | null = null;
  /** Attempts that failed since the last stable connection. */
  #failures = 0;
  /** Whether a connection is kept or being tried, be it in the background. */
  protected active = false;
  /** Whether it gave up after the last attempt; false where the server refused the client. */
  #exhausted = false;
  /** Until when the server asked to be left alone, by the scheduler's clock. */
  #pauseEnd = 0;
  readonly #hurried = new Subject<void>();

  readonly messages = this.#received.asObservable();

  readonly maxAttempts = this.#policy?.maxAttempts ?? 0;

  constructor() {
    super();
    this.#wanted
      .pipe(
        switchMap((wanted) => (wanted ? this.#keep() : EMPTY)),
        takeUntilDestroyed(),
        finalize(() => this.#received.complete()),
      )
      .subscribe();
  }

  protected begin(): void {
    if (!this.#isBrowser || (this.active && !this.#exhausted)) {
      return;
    }
    this.active = true;
    this.#exhausted = false;
    this.#failures = 0;
    this.#state.set({ status: 'connecting', attempt: 0, lastError: null });
    this.#zone.runOutsideAngular(() => this.#wanted.next(true));
  }

  protected leave(): void {
    this.active = false;
    this.#exhausted = false;
    this.#wanted.next(false);
    this.#state.reset();
  }

  wake(): void {
    if (this.#exhausted) {
      if (this.#mayHurry()) {
        this.connect();
      }
    } else if (this.active) {
      this.#hurried.next();
    }
  }

  send(message: RealtimeMessage): Handover {
    return this.#link?.send(message) ?? 'closed';
  }

  #keep(): Observable<never> {
    return defer(() => this.#attempt()).pipe(
      retry({ delay: (error: unknown) => this.#goOnAfter(this.#endingOf(toRealtimeError(error))) }),
    );
  }

  #attempt(): Observable<never> {
    const prepared = this.#hooks.map((each) => each.beforeAttempt?.().pipe(consume()) ?? EMPTY);
    return concat(...prepared, this.#opener.open()).pipe(switchMap((opened) => this.#live(opened)));
  }

  /**
   * Everything that goes on while a socket is open. Messages flow for the caller once the companions have
   * begun.
   */
  #live(opened: OpenedSocket): Observable<never> {
    const link = runInInjectionContext(this.#injector, () => new SocketLink(opened, this.#hurried));
    const receive = link.incoming.pipe(consume((message) => this.#callers.deliver(message, this.#received)));
    const proveStable = timer(this.#policy?.stableAfter ?? 0, this.#scheduler).pipe(
      consume(() => (this.#failures = 0)),
    );
    const begin = defer(() => {
      this.#handshake.greet(link);
      const companions = this.#hooks.map((each) => each.accompany?.(link) ?? EMPTY);
      const waits = this.#hooks.map((each) => each.ready?.(link).pipe(consume()) ?? EMPTY);
      const ready = this.#opener.inTime(concat(merge(...waits), of(null)));
      return merge(...companions, ready.pipe(tap(() => this.#open(link))));
    });
    return merge(receive, proveStable, begin).pipe(
      consume(),
      finalize(() => (this.#link = null)),
    );
  }

  #open(link: RealtimeLink): void {
    this.#link = link;
    this.#exhausted = false;
    this.#state.set({ status: 'connected', attempt: 0, lastError: null });
  }

  /** @returns emits when the next attempt is due; completes when there will be none */
  #goOnAfter({ action, error }: Ending): Observable<unknown> {
    if (action === 'retry-at-once') {
      this.#lose(Math.max(this.#failures, 1), error);
      return of(null);
    }
    const pause = pauseAskedFor(error.reason);
    this.#pauseEnd = this.#scheduler.now() + pause;
    const attempt = this.#failures + 1;
    if (action !== 'retry' || !this.#policy || attempt > this.#policy.maxAttempts) {
      const delay = action === 'retry' ? this.#policy?.delayInBackground?.() : undefined;
      this.active = delay !== undefined;
      this.#giveUp(action, error);
      return delay === undefined ? EMPTY : timer(Math.max(delay, pause), this.#scheduler);
    }
    this.#failures = attempt;
    this.#lose(attempt, error);
    const due = timer(Math.max(this.#policy.delay(attempt), pause), this.#scheduler);
    const hurried = this.#hurried.pipe(
      filter(() => this.#mayHurry()),
      tap(() => (this.#failures = 0)),
    );
    return merge(due, hurried).pipe(take(1));
  }

  #mayHurry(): boolean {
    return this.#scheduler.now() >= this.#pauseEnd;
  }

  #lose(attempt: number, error: RealtimeError): void {
    // An attempt in the background changes nothing that people see until it succeeds.
    this.#state.whole(() => {
      if (!this.#exhausted) {
        this.#state.set({ status: 'disconnected', attempt, lastError: error });
      }
      this.#reports.report(error);
    });
  }

  #giveUp(action: CloseAction, error: RealtimeError): void {
    if (this.#exhausted && action === 'retry') {
      this.#reports.report(error);
      return;
    }
    const ended = action === 'end';
    this.#exhausted = action === 'retry';
    this.#state.whole(() => {
      this.#state.tell(() => this.end());
      this.#state.set({
        status: ended ? 'disconnected' : 'error',
        attempt: 0,
        lastError: ended ? null : error,
      });
      if (!ended) {
        this.#reports.report(error);
      }
    });
  }

  #endingOf(cause: RealtimeError): Ending {
    let error = cause;
    for (const each of this.#hooks) {
      const judged = this.#reports.guard(() => each.judge?.(error));
      if (judged instanceof RealtimeError) {
        error = judged;
      } else if (judged) {
        return judged;
      }
    }
    const { code, closeCode } = error;
    const byPolicy = closeCode === undefined ? undefined : this.#closePolicy[closeCode];
    // A function may give another URL the next time.
    const isHopeless = code === 'invalid-url' && typeof this.#config.url === 'string';
    return { action: isHopeless ? 'fail' : (byPolicy ?? 'retry'), error };
  }
}
