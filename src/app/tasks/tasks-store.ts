import { inject } from '@angular/core';
import { perFrame, REALTIME_FRAMES } from '@creative-autogpt/realtime';
import { withRealtimeReload } from '@creative-autogpt/realtime/signals';
import { signalStore, withHooks } from '@ngrx/signals';
import { injectFailedReadsAgain } from '../rest/failed-reads';
import { withTaskReads } from './with-task-reads';

/** The tasks of all sessions, live: fed by the WebSocket, filled from REST by what pages open. */
export const TasksStore = signalStore(
  { providedIn: 'root' },
  withTaskReads(),
  // What an interruption left out for good is read again.
  withRealtimeReload((store) => store._reload(), { onFirstConnection: true }),
  withHooks({
    onInit(store) {
      injectFailedReadsAgain(store);
      store._takeLive(store._live.pipe(perFrame({ nextFrame: inject(REALTIME_FRAMES) })));
    },
  }),
);

/** The injected store. */
export type TasksStore = InstanceType<typeof TasksStore>;
