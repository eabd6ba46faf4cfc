// The published library is compiled partially; this page, which has no build of its own, links it as it
// loads.
import '@angular/compiler';
import { createApplication } from '@angular/platform-browser';
import {
  defineEvent,
  provideRealtime,
  type RealtimeExtension,
  RealtimeService,
  withHeartbeat,
  withRetry,
} from '@creative-autogpt/realtime';
import { filter, firstValueFrom, tap } from 'rxjs';
import { expose } from '../client-under-test';
import { type CountedEvent, EVENT } from '../events';

function isCounted(message: unknown): message is CountedEvent {
  return typeof message === 'object' && message !== null && 'data' in message;
}

/** This project's client, with retry, heartbeat and the features given. */
export function exposeRealtime(...features: readonly RealtimeExtension[]): void {
  let realtime: RealtimeService;
  expose({
    connect: async (url, received) => {
      const { injector } = await createApplication({
        providers: [provideRealtime({ url }, withRetry(), withHeartbeat(), ...features)],
      });
      realtime = injector.get(RealtimeService);
      realtime
        .on(defineEvent(EVENT))
        .pipe(
          filter(isCounted),
          tap(({ data }) => received(data.index)),
        )
        .subscribe();
      for (const event of ['session.update', 'progress.update', 'error']) {
        realtime.on(defineEvent(event)).subscribe();
      }
      realtime.connect();
      const opened = realtime.statusChanges.pipe(filter((status) => status === 'connected'));
      await firstValueFrom(opened, { defaultValue: null });
    },
    ask: (count) => realtime.send({ event: 'ask', count }),
  });
}
