import type { Observable, Subscription } from 'rxjs';
import type { Log } from '../../ports/log';
import type { AppendedEvent } from '../../ports/store';
import type { Metrics } from '../../ports/metrics';

/** What is counted of the journals. */
export type AppendedMetrics = Pick<Metrics, 'eventAppended' | 'journalReached' | 'taskEnded'>;

/** Counts what this process appends to the journals. */
export function countAppended(
  appended: Observable<AppendedEvent>,
  metrics: AppendedMetrics,
  log: Log,
): Subscription {
  return appended.subscribe({
    next: ({ event, offset }) => {
      metrics.eventAppended(event.event);
      metrics.journalReached(offset);
      if (
        event.event === 'task.update' &&
        (event.data.status === 'completed' || event.data.status === 'failed')
      ) {
        metrics.taskEnded(event.data.status);
      }
    },
    error: (reason: unknown) => {
      log.error({ err: reason }, 'events are not counted any more');
    },
  });
}
