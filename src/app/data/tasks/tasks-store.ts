import { inject } from '@angular/core';
import type { Decision, Task } from '@creative-autogpt/protocol';
import { perFrame, REALTIME_FRAMES } from '@creative-autogpt/realtime';
import { withRealtimeReload } from '@creative-autogpt/realtime/signals';
import { signalStore, withHooks, withMethods } from '@ngrx/signals';
import { catchError, map, tap, throwError } from 'rxjs';
import { answerOf } from '../../platform/rest/answer-of';
import { injectFailedReadsAgain } from '../live/failed-reads';
import { isNotFound, toRestFailure } from '../../platform/rest/rest-failure';
import { withLiveUpdates } from '../live/with-live-updates';
import { withTaskReads } from './with-task-reads';

/** The tasks of all sessions, live: fed by the WebSocket, filled from REST by what pages open, decided by people. */
export const TasksStore = signalStore(
  { providedIn: 'root' },
  withTaskReads(),
  withMethods((store) => ({
    /** Decides about a text that waits for approval. Rejects with a `RestFailure`. */
    decide(taskId: string, decision: Decision): Promise<Task> {
      return answerOf(
        store._api.decide(taskId, decision).pipe(
          catchError((error: unknown) => {
            const failure = toRestFailure(error);
            if (isNotFound(failure)) {
              store._dropTask(taskId);
            }
            return throwError(() => failure);
          }),
          withLiveUpdates(store._live),
          tap(({ answer, updates }) => store._takeTask(answer, updates)),
          map(({ answer }) => store.taskOf(taskId) ?? answer),
        ),
      );
    },
  })),
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
