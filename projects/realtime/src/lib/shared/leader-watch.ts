import {
  defer,
  filter,
  ignoreElements,
  map,
  merge,
  type Observable,
  type SchedulerLike,
  tap,
  timer,
} from 'rxjs';

/** A timer this late (ms) was held back: this tab was throttled, busy or asleep. */
const HELD_BACK = 1_000;

/**
 * Emits when the leading tab has given no sign of life for `timeout`, although it was asked for one. A leader
 * answers from a message handler, which browsers do not throttle; the timers here may be held back, which is
 * why a late one proves nothing and the leader is asked once more.
 *
 * @param heard emits with everything the leader says
 * @param timeout milliseconds
 */
export function watchLeader(
  heard: Observable<unknown>,
  ask: () => void,
  timeout: number,
  scheduler: SchedulerLike,
): Observable<void> {
  return defer(() => {
    const period = timeout / 3;
    let silent = 0;
    let last = scheduler.now();
    const checks = timer(period, period, scheduler).pipe(
      map(() => {
        const late = scheduler.now() - last > period + HELD_BACK;
        last = scheduler.now();
        silent += 1;
        const gone = silent > (late ? 3 : 2);
        if (silent > 1 && !gone) {
          ask();
        }
        return gone;
      }),
      filter((gone) => gone),
    );
    const listen = heard.pipe(
      tap(() => (silent = 0)),
      ignoreElements(),
    );
    return merge(checks, listen).pipe(map(() => undefined));
  });
}
