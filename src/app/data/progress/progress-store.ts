import { inject } from '@angular/core';
import type { Progress } from '@creative-autogpt/protocol';
import { withLiveEntities } from '@creative-autogpt/realtime/signals';
import { signalStore, withMethods } from '@ngrx/signals';
import { withEntities } from '@ngrx/signals/entities';
import { progressUpdate, sessionDeleted, subscribed } from '../realtime/events';
import { SessionsApi } from '../sessions/sessions-api';

interface SessionProgress {
  readonly sessionId: string;
  readonly progress: Progress;
}

/** How far sessions have come, live: fed by the WebSocket, filled from REST by what pages open. */
export const ProgressStore = signalStore(
  { providedIn: 'root' },
  withEntities<SessionProgress>(),
  withLiveEntities({
    selectId: ({ sessionId }: SessionProgress) => sessionId,
    reads: (read, api = inject(SessionsApi)) => ({
      _progress: read({
        load: (id: string) => api.progress(id),
        take: (known, progress, sessionId) => known.set({ sessionId, progress }),
      }),
    }),
    // Each tells the whole progress of its session, so it replaces what was known.
    on: (on, { _progress }) => [
      on(progressUpdate, (known, { session_id: id, data: progress }) => {
        const sessionId = id ?? _progress.opened();
        if (sessionId !== null) {
          known.set({ sessionId, progress });
        }
      }),
      on(subscribed, (known, { session_id: id, data }) => {
        const sessionId = id ?? _progress.opened();
        if (data && sessionId !== null) {
          known.set({ sessionId, progress: data.progress });
        }
      }),
      on(sessionDeleted, (known, { session_id: id }) => known.remove(id)),
    ],
  }),
  withMethods(({ _live, _progress }) => ({
    /** Shows the progress of one session; `progressOf(id)` follows. */
    openSession: (id: string): void => _progress.open(id),
    /** Null as long as nothing is known. */
    progressOf: (id: string): Progress | null => _live.get(id)?.progress ?? null,
  })),
);

/** The injected store. */
export type ProgressStore = InstanceType<typeof ProgressStore>;
