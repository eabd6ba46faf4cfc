import { type MonoTypeOperatorFunction, Observable, type SchedulerLike, tap, timer } from 'rxjs';
import type { RealtimeError } from '../realtime-error';

/**
 * Passes everything on, and errors where no first value comes in time.
 *
 * @param time milliseconds
 * @param late makes the error
 */
export function firstWithin<T>(
  time: number,
  scheduler: SchedulerLike,
  late: () => RealtimeError,
): MonoTypeOperatorFunction<T> {
  return (source) =>
    new Observable((subscriber) => {
      const waiting = timer(time, scheduler)
        .pipe(tap(() => subscriber.error(late())))
        .subscribe();
      subscriber.add(waiting);
      return source.pipe(tap(() => waiting.unsubscribe())).subscribe(subscriber);
    });
}
