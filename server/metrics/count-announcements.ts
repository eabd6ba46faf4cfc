import type { Observable, Subscription } from 'rxjs';
import type { Announcement } from '../store/journal/journal';
import type { Metrics } from './metrics';

/** Counts what the store announces, until it announces nothing any more. */
export function countAnnouncements(
  announcements: Observable<Pick<Announcement, 'event' | 'offset'>>,
  metrics: Metrics,
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
  });
}
