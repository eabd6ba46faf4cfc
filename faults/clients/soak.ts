// The published library is compiled partially; this page, which has no build of its own, links it as it
// loads.
import '@angular/compiler';
import { createApplication } from '@angular/platform-browser';
import {
  defineEvent,
  provideRealtime,
  RealtimeService,
  withHeartbeat,
  withOutbox,
  withPageLifecycle,
  withRecovery,
  withRetry,
  withStats,
} from '@creative-autogpt/realtime';
import { filter, tap } from 'rxjs';
import { countLiveThings, type LiveCounts, liveCounts } from './live-counts';

declare global {
  interface Window {
    soak: {
      connect(url: string): Promise<void>;
      /** Subscribes and unsubscribes `count` times, in each way there is. */
      subscribe(count: number): void;
      /** Connections since the page was opened. */
      connections(): number;
      live(): LiveCounts;
    };
  }
}

countLiveThings();

const event = defineEvent('task.update');
let realtime: RealtimeService;
let connections = 0;

window.soak = {
  connect: async (url) => {
    const { injector } = await createApplication({
      providers: [
        provideRealtime(
          { url },
          withRetry({ initialDelay: 1, maxDelay: 1, maxAttempts: Infinity }),
          withHeartbeat(),
          withRecovery(),
          withOutbox(),
          withStats(),
          withPageLifecycle(),
        ),
      ],
    });
    realtime = injector.get(RealtimeService);
    realtime.messages
      .pipe(
        filter((message) => message.event === 'connected'),
        tap(() => (connections += 1)),
      )
      .subscribe();
    realtime.connect();
  },
  subscribe: (count) => {
    for (let index = 0; index < count; index += 4) {
      realtime.on(event).subscribe().unsubscribe();
      realtime
        .batched(event, { conflate: ({ event: name }) => name })
        .subscribe()
        .unsubscribe();
      realtime.subscribe(event, () => undefined)();
      realtime.subscribe('task.update', () => undefined)();
    }
  },
  connections: () => connections,
  live: liveCounts,
};
