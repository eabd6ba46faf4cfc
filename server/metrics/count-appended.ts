import type { Observable, Subscription } from 'rxjs';
import type { AppendedEvent } from '../store/store';
import type { Metrics } from './metrics';

/** Counts what this process appends to the journals. */
export function countAppended(appended: Observable<AppendedEvent>, metrics: Metrics): Subscription {
  return appended.subscribe({
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
