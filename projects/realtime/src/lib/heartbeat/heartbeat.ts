import {
  BehaviorSubject,
  interval,
  map,
  merge,
  type Observable,
  type SchedulerLike,
  switchMap,
  tap,
  timer,
} from 'rxjs';
import type { RealtimeLink } from '../connection/realtime-link';
import type { RealtimeHooks } from '../extensions/realtime-hooks';
import { RealtimeError } from '../realtime-error';

/** Times of the heartbeat, in milliseconds. */
export interface HeartbeatTimes {
  /** Between two pings. */
  readonly interval: number;
  /** How long after a ping something must be heard. */
  readonly timeout: number;
}

/** A timer this late (ms) was held back: the tab was throttled or the device slept. */
const HELD_BACK = 1_000;

/**
 * Sends `ping` at a fixed interval and ends a link on which nothing has been heard for `interval + timeout`.
 * Any frame counts as heard, not only `pong`.
 *
 * A timer that was held back proves nothing, since frames may be waiting behind it. In that case the link is
 * asked once more and given `timeout` to answer.
 */
export class Heartbeat implements RealtimeHooks {
  readonly #times: HeartbeatTimes;
  readonly #scheduler: SchedulerLike;
  readonly #limit: number;

  constructor(times: HeartbeatTimes, scheduler: SchedulerLike) {
    this.#times = times;
    this.#scheduler = scheduler;
    this.#limit = times.interval + times.timeout;
  }

  accompany(link: RealtimeLink): Observable<unknown> {
    const ping = interval(this.#times.interval, this.#scheduler).pipe(
      tap(() => link.send({ event: 'ping' })),
    );
    const rounds = new BehaviorSubject<void>(undefined);
    const watch = rounds.pipe(
      switchMap(() => this.#round(link)),
      tap(() => rounds.next()),
    );
    return merge(ping, watch);
  }

  /** Emits when the link has been found alive; errors when it is dead. */
  #round(link: RealtimeLink): Observable<void> {
    const due = link.heardAt() + this.#limit;
    return timer(Math.max(0, due - this.#scheduler.now()), this.#scheduler).pipe(
      switchMap(() =>
        this.#scheduler.now() - due > HELD_BACK ? this.#askOnceMore(link) : this.#queuedFramesFirst(),
      ),
      map((askedAt) => {
        const heardAt = link.heardAt();
        if (heardAt < askedAt || heardAt + this.#limit <= this.#scheduler.now()) {
          throw new RealtimeError(
            'dead-link',
            ngDevMode &&
              `Nothing was heard from the server for ${Math.round((this.#scheduler.now() - heardAt) / 1000)} s.`,
          );
        }
      }),
    );
  }

  /** @returns when it asked, by the clock of the scheduler, once the time to answer is over */
  #askOnceMore(link: RealtimeLink): Observable<number> {
    const askedAt = this.#scheduler.now();
    link.send({ event: 'ping' });
    return timer(this.#times.timeout, this.#scheduler).pipe(map(() => askedAt));
  }

  /** One more turn of the event loop, so that frames that have arrived are heard before judging. */
  #queuedFramesFirst(): Observable<number> {
    return timer(0, this.#scheduler);
  }
}
