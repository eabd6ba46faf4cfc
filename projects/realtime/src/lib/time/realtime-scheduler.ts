import { InjectionToken } from '@angular/core';
import { asyncScheduler, type SchedulerAction, type SchedulerLike, Subscription } from 'rxjs';

/** What a timer of a browser can hold, in milliseconds; a longer time would be over at once. */
const LONGEST_TIMER = 2 ** 31 - 1;

type Work<State> = (this: SchedulerAction<State>, state?: State) => void;

/** Something that is done later: after any number of milliseconds, and after `Infinity` never. */
class LaterAction<State> extends Subscription implements SchedulerAction<State> {
  readonly #work: Work<State>;
  #timer = Subscription.EMPTY;

  constructor(work: Work<State>) {
    super();
    this.#work = work;
  }

  schedule(state?: State, delay = 0): this {
    if (!this.closed) {
      const step = Math.min(delay, LONGEST_TIMER);
      this.#timer.unsubscribe();
      this.#timer = asyncScheduler.schedule(() => {
        if (step < delay) {
          this.schedule(state, delay - step);
        } else {
          this.#work.call(this, state);
        }
      }, step);
    }
    return this;
  }

  override unsubscribe(): void {
    this.#timer.unsubscribe();
    super.unsubscribe();
  }
}

/** Timers of any length, and a clock that goes on evenly although somebody sets that of the device. */
const PAGE_TIME: SchedulerLike = {
  now: () => Math.round(performance.timeOrigin + performance.now()),
  schedule<State>(work: Work<State>, delay?: number, state?: State): Subscription {
    return new LaterAction(work).schedule(state, delay);
  },
};

/**
 * The client's clock and timers: everything in it that waits, waits here, for any number of milliseconds.
 * `now()` measures the time between two moments of one page: it begins with the milliseconds since the epoch
 * that the device showed when the page was loaded, and goes on evenly whatever becomes of the device's clock.
 * `provideRealtimeTesting()` replaces it by virtual time.
 */
export const REALTIME_SCHEDULER = new InjectionToken<SchedulerLike>(
  ngDevMode ? '@creative-autogpt/realtime scheduler' : '',
  {
    providedIn: 'root',
    factory: () => PAGE_TIME,
  },
);

/** Schedulers whose time is the page's own. */
const pageTimes = new WeakSet([PAGE_TIME]);

/** Makes `other`, which tells the time of `scheduler`, count as it does for {@link clockTime}. */
export function withTimeOf(scheduler: SchedulerLike, other: SchedulerLike): SchedulerLike {
  if (pageTimes.has(scheduler)) {
    pageTimes.add(other);
  }
  return other;
}

/**
 * What the clock of the device shows, in milliseconds since the epoch: for moments that are told to people,
 * other pages or the server. Somebody may set it, so never measure by it. A scheduler that replaces the
 * page's time replaces it too.
 */
export function clockTime(scheduler: SchedulerLike): number {
  return pageTimes.has(scheduler) ? Date.now() : scheduler.now();
}
