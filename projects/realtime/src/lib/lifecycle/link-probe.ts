import { ignoreElements, map, type Observable, type SchedulerLike, switchMap, takeUntil, timer } from 'rxjs';
import type { LinkCompanion, RealtimeLink } from '../connection/realtime-link';
import { RealtimeError } from '../realtime-error';

/**
 * Asks an open link for a sign of life whenever it is doubted, and ends it when none comes: a socket that died while
 * the device slept looks open for as long as nobody writes to it.
 */
export class LinkProbe implements LinkCompanion {
  /** @param timeout milliseconds within which something must be heard */
  constructor(
    private readonly timeout: number,
    private readonly scheduler: SchedulerLike,
  ) {}

  accompany(link: RealtimeLink): Observable<never> {
    return link.doubted.pipe(
      switchMap(() => {
        link.send({ event: 'ping' });
        return timer(this.timeout, this.scheduler).pipe(takeUntil(link.heard));
      }),
      map(() => {
        throw new RealtimeError('dead-link', 'The server did not answer after the page woke up.');
      }),
      ignoreElements(),
    );
  }
}
