import { inject, untracked } from '@angular/core';
import type { Progress } from '@creative-autogpt/protocol';
import { perFrame, REALTIME_FRAMES, RealtimeService } from '@creative-autogpt/realtime';
import { withRealtimeReload } from '@creative-autogpt/realtime/signals';
import { patchState, signalStore, withHooks, withMethods, withProps, withState } from '@ngrx/signals';
import { rxMethod } from '@ngrx/signals/rxjs-interop';
import { merge, type Observable, switchMap, tap } from 'rxjs';
import { progressUpdate, sessionDeleted, subscribed } from '../realtime/events';
import { injectFreshness } from '../live/freshness';
import { isNotFound } from '../../platform/rest/rest-failure';
import { injectFailedReadsAgain } from '../live/failed-reads';
import { withLiveUpdates } from '../live/with-live-updates';
import { withRequests } from '../live/with-requests';
import { SessionsApi } from '../sessions/sessions-api';
import { type ProgressBySession, type ProgressEvent, withEvents } from './progress-changes';

interface ProgressState {
  readonly _bySession: ProgressBySession;
  readonly _openId: string | null;
}

/** How far sessions have come, live: fed by the WebSocket, filled from REST by what pages open. */
export const ProgressStore = signalStore(
  { providedIn: 'root' },
  withState<ProgressState>({ _bySession: new Map<string, Progress>(), _openId: null }),
  withRequests(),
  withProps(() => {
    const realtime = inject(RealtimeService);
    return {
      _api: inject(SessionsApi),
      _freshness: injectFreshness(),
      _live: merge(
        realtime.on(progressUpdate),
        realtime.on(sessionDeleted),
        realtime.on(subscribed),
      ) satisfies Observable<ProgressEvent>,
    };
  }),
  withMethods((store) => {
    const take = (events: readonly ProgressEvent[], base: ProgressBySession = store._bySession()): void =>
      patchState(store, { _bySession: withEvents(base, events, store._openId()) });
    const load = rxMethod<string>(
      switchMap((id) => {
        const answered = store._freshness.asking(id);
        return store._read(
          store._api.progress(id).pipe(withLiveUpdates(store._live)),
          ({ answer, updates }) => {
            answered();
            take(updates, new Map(store._bySession()).set(id, answer));
          },
          // That there is no such session is told by the sessions.
          { quiet: store._bySession().has(id), handles: isNotFound },
        );
      }),
    );
    return {
      /** Shows the progress of one session; `progressOf(id)` follows. */
      openSession(id: string): void {
        untracked(() => {
          patchState(store, { _openId: id });
          if (!store._freshness.isFresh(id)) {
            load(id);
          }
        });
      },
      /** Null as long as nothing is known. */
      progressOf: (id: string): Progress | null => store._bySession().get(id) ?? null,

      _takeLive: rxMethod<readonly ProgressEvent[]>(tap((events) => take(events))),
      /** Reads again what is open. */
      _reload(): void {
        const id = store._openId();
        if (id !== null) {
          load(id);
        }
      },
    };
  }),
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
export type ProgressStore = InstanceType<typeof ProgressStore>;
