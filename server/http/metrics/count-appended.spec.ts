import type { JournaledEvent } from '@creative-autogpt/protocol';
import { Subject } from 'rxjs';
import type { AppendedEvent } from '../../ports/store';
import { type AppendedMetrics, countAppended } from './count-appended';
import { RecordedLog } from '../../testing/recorded-log';

describe('countAppended', () => {
  const appended = new Subject<AppendedEvent>();
  let counted: unknown[];
  const metrics: AppendedMetrics = {
    eventAppended: (event) => counted.push(event),
    journalReached: (offset) => counted.push(offset),
    taskEnded: (end) => counted.push(end),
  };
  beforeEach(() => {
    counted = [];
  });
  const append = (event: JournaledEvent): void => {
    const counting = countAppended(appended, metrics, new RecordedLog());
    appended.next({ offset: 7, event: { ...event, session_id: 's' } });
    counting.unsubscribe();
  };

  it('counts each event, and how far the journal is', () => {
    append({ event: 'session.deleted', session_id: 's' });

    expect(counted).toEqual(['session.deleted', 7]);
  });

  for (const status of ['completed', 'failed'] as const) {
    it(`counts a task that is ${status}`, () => {
      append({ event: 'task.update', data: { task_id: 't', status } });

      expect(counted).toEqual(['task.update', 7, status]);
    });
  }

  it('does not count a task that goes on', () => {
    append({ event: 'task.update', data: { task_id: 't', status: 'running' } });

    expect(counted).toEqual(['task.update', 7]);
  });
});
