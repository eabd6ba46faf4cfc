import { isPlatformBrowser } from '@angular/common';
import { inject, Injectable, NgZone, PLATFORM_ID } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import {
  catchError,
  concat,
  defer,
  EMPTY,
  filter,
  finalize,
  map,
  merge,
  Observable,
  of,
  retry,
  Subject,
  switchMap,
  take,
  tap,
  throwError,
  timer,
} from 'rxjs';
import { decodeFrame, encodeMessage } from '../codec/framing';
import { LinkOpener, type OpenedLink } from '../codec/link-opener';
import { injectAll } from '../inject-all';
import { REALTIME_CONFIG } from '../realtime-config';
import { RealtimeError, toRealtimeError } from '../realtime-error';
import type { RealtimeMessage } from '../realtime-message';
import { firstWithin } from '../time/first-within';
import { REALTIME_SCHEDULER } from '../time/realtime-scheduler';
import type { TransportFrame } from '../transport/transport';
import { CallerZone } from '../zones/caller-zone';
import { ATTEMPT_PREPARATIONS } from './attempt-preparation';
import { type CloseAction, DEFAULT_CLOSE_POLICY, pauseAskedFor } from './close-policy';
import { Connection } from './connection';
import { ConnectionStateStore } from './connection-state-store';
import { type Ending, ENDING_RULES } from './ending-rule';
import { ErrorReports } from './error-reports';
import { LINK_STAGES, type LinkStage, STAGE_PHASE } from './link-stage';
import { LINK_TAPS } from './link-tap';
import { type Handover, LINK_COMPANIONS, type RealtimeLink } from './realtime-link';
import { RECONNECT_POLICY } from './reconnect-policy';
import { usedBy } from './used-by';

const DEFAULT_CONNECT_TIMEOUT = 10_000;

/** How messages come through stages, which work for as long as they are subscribed to. */
interface Way {
  readonly enter: (message: RealtimeMessage) => void;
  readonly stages: Observable<never>;
}

/**
 * The connection over a socket of its own: opens it, tries it again by the reconnect policy, and ends it.
 *
 * Everything runs outside the Angular zone, so that waiting timers never keep an application with zone.js unstable.
 */
@Injectable()
export class SocketConnection extends Connection {
  readonly #config = inject(REALTIME_CONFIG);
  readonly #opener = inject(LinkOpener);
  readonly #preparations = injectAll(ATTEMPT_PREPARATIONS);
  readonly #rules = injectAll(ENDING_RULES);
  readonly #taps = injectAll(LINK_TAPS);
  readonly #companions = injectAll(LINK_COMPANIONS);
  readonly #stages = [...injectAll(LINK_STAGES)].sort((one, other) => one.phase - other.phase);
  readonly #policy = inject(RECONNECT_POLICY, { optional: true });
  readonly #state = inject(ConnectionStateStore);
  readonly #reports = inject(ErrorReports);
  readonly #scheduler = inject(REALTIME_SCHEDULER);
  readonly #zone = inject(NgZone);
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
  /** Whether it has given up for want of attempts, and not because the server wants no more of it. */
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
    const opening = this.#url().pipe(
      switchMap((url) => this.#opener.open(url)),
      firstWithin(
        this.#config.connectTimeout ?? DEFAULT_CONNECT_TIMEOUT,
        this.#scheduler,
        () => new RealtimeError('connect-timeout', ngDevMode && 'The server did not answer in time.'),
      ),
    );
    return concat(...this.#preparations.map((each) => each.prepare()), opening).pipe(
      switchMap((opened) => this.#live(opened)),
    );
  }

  #url(): Observable<string> {
    const { url } = this.#config;
    if (typeof url === 'string') {
      return of(url);
    }
    return defer(async () => url()).pipe(
      map((given: unknown): string => {
        if (typeof given !== 'string' || given === '') {
          throw new TypeError(ngDevMode ? 'It gave no string, or an empty one.' : '');
        }
        return given;
      }),
      catchError((cause: unknown) =>
        throwError(
          () =>
            new RealtimeError(
              'invalid-url',
              ngDevMode && 'The URL function failed; see the cause. It is called again for the next attempt.',
              { cause },
            ),
        ),
      ),
    );
  }

  /** Everything that goes on while a socket is open. Messages flow for the caller once the companions have begun. */
  #live(opened: OpenedLink): Observable<never> {
    const { socket, codec, early } = opened;
    const heard = new Subject<void>();
    let heardAt = this.#scheduler.now();
    const answers = new Subject<RealtimeMessage>();
    const messages = new Subject<RealtimeMessage>();
    const link: RealtimeLink = {
      heard,
      heardAt: () => heardAt,
      answers,
      messages,
      doubted: this.#hurried,
      send: (message) => this.#transmit(opened, message),
    };
    const deliver = this.#way(
      ({ phase }) => phase >= STAGE_PHASE.order,
      (message) => this.#callers.deliver(message, this.#received),
    );
    const read = this.#way(
      ({ phase }) => phase < STAGE_PHASE.order,
      (message) => {
        if (message.event === 'connected') {
          answers.next(message);
        }
        if (messages.observed) {
          messages.next(message);
        }
        // A companion may have ended the link because of this very message.
        if (this.#link === link) {
          deliver.enter(message);
        }
      },
    );
    const take = (frame: TransportFrame): void => {
      heardAt = this.#scheduler.now();
      if (heard.observed) {
        heard.next();
      }
      const message = decodeFrame(codec, frame);
      for (const each of this.#taps) {
        each.received(frame, message);
      }
      if (message instanceof RealtimeError) {
        this.#reports.report(message);
      } else {
        read.enter(message);
      }
    };
    const hear = (frame: TransportFrame): void => {
      if (this.#state.isTelling) {
        this.#state.tell(() => take(frame));
      } else {
        take(frame);
      }
    };
    const receive = socket.frames.pipe(usedBy(hear));
    const proveStable = timer(this.#policy?.stableAfter ?? 0, this.#scheduler).pipe(
      usedBy(() => (this.#failures = 0)),
    );
    const open = new Observable<never>((subscriber) => {
      this.#link = link;
      this.#exhausted = false;
      this.#state.set({ status: 'connected', attempt: 0, lastError: null });
      // An observer of the state, or a handler, may have ended the link.
      early.forEach((frame) => subscriber.closed || hear(frame));
      subscriber.complete();
    });
    return merge(
      receive,
      read.stages,
      proveStable,
      ...this.#companions.map((each) => each.accompany(link)),
      deliver.stages,
      open,
    ).pipe(finalize(() => (this.#link = null)));
  }

  /** A way to `use` through the stages that belong to it; where there are none, it is no detour. */
  #way(belongs: (stage: LinkStage) => boolean, use: (message: RealtimeMessage) => void): Way {
    const stages = this.#stages.filter(belongs);
    if (stages.length === 0) {
      return { enter: use, stages: EMPTY };
    }
    const entered = new Subject<RealtimeMessage>();
    const left = stages.reduce<Observable<RealtimeMessage>>(
      (staged, stage) => stage.through(staged),
      entered,
    );
    return { enter: (message) => entered.next(message), stages: left.pipe(usedBy(use)) };
  }

  #transmit({ socket, codec }: OpenedLink, message: RealtimeMessage): Handover {
    const frame = encodeMessage(codec, message);
    if (frame instanceof RealtimeError) {
      this.#reports.report(frame);
      return 'refused';
    }
    if (!socket.send(frame)) {
      return 'closed';
    }
    this.#taps.forEach((each) => each.sent(frame, message));
    return 'sent';
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
    for (const rule of this.#rules) {
      const judged = rule.judge(error);
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
