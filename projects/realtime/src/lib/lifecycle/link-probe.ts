import { map, type SchedulerLike, switchMap, takeUntil, timer } from 'rxjs';
import type { RealtimeHooks } from '../extensions/realtime-hooks';
import { RealtimeError } from '../realtime-error';

/**
 * Asks an open link for a sign of life whenever it is doubted, and ends it when none comes: a socket that
 * died while the device slept looks open for as long as nobody writes to it.
 *
 * @param timeout milliseconds within which something must be heard
 */
export function linkProbe(timeout: number, scheduler: SchedulerLike): RealtimeHooks {
  return {
    accompany: (link) =>
      link.doubted.pipe(
        switchMap(() => {
          link.send({ event: 'ping' });
          return timer(timeout, scheduler).pipe(takeUntil(link.messages));
        }),
        map((): never => {
          throw new RealtimeError(
            'dead-link',
            ngDevMode && 'The server did not answer after the page woke up.',
          );
        }),
      ),
  };
}
