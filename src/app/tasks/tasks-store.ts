import { inject } from '@angular/core';
import { perFrame, RealtimeService } from '@creative-autogpt/realtime';
import { signalStore, withHooks } from '@ngrx/signals';
import { filter } from 'rxjs';
import { NEXT_FRAME } from '../realtime/next-frame';
import { withTaskReads } from './with-task-reads';

/** The tasks of all sessions, live: fed by the WebSocket, filled from REST by what pages open. */
export const TasksStore = signalStore(
  { providedIn: 'root' },
  withTaskReads(),
  withHooks({
    onInit(store) {
      store._takeLive(store._live.pipe(perFrame({ nextFrame: inject(NEXT_FRAME) })));
      store._reload(inject(RealtimeService).statusChanges.pipe(filter((status) => status === 'connected')));
    },
  }),
);

/** The injected store. */
export type TasksStore = InstanceType<typeof TasksStore>;
