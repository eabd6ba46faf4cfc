import type { Observable, Subscription } from 'rxjs';
import type { Log } from '../engine/log';
import type { Announcement } from '../store/journal/journal';
import type { Metrics } from './metrics';

/** Counts what the store announces, until it announces nothing any more. What ends that is for `log`. */
export function countAnnouncements(
  announcements: Observable<Pick<Announcement, 'event' | 'offset'>>,
  metrics: Metrics,
  log: Pick<Log, 'error'>,
): Subscription {
  return announcements.subscribe({
    next: ({ event, offset }) => {
      metrics.eventAnnounced(event.event);
      metrics.journalReached(offset);
      if (
        event.event === 'task.update' &&
        (event.data.status === 'completed' || event.data.status === 'failed')
      ) {
        metrics.taskEnded(event.data.status);
      }
    },
    error: (error: unknown) => {
      log.error({ err: error }, 'announcements are no longer counted');
    },
  });
}
