import { retry, tap } from 'rxjs';
import { webSocket } from 'rxjs/webSocket';
import type { LoggedEvent } from '../servers/event-log';
import { Collector } from './client-under-faults';

const collector = new Collector();

window.client = {
  connect: ({ url }) => {
    webSocket<LoggedEvent>(url)
      .pipe(
        retry({ delay: 50 }),
        tap(({ data }) => collector.receive(data.index)),
      )
      .subscribe();
  },
  last: () => collector.last(),
  command: () => undefined,
  report: () => collector.report(),
};
