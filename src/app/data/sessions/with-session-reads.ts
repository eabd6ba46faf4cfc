import { inject, untracked } from '@angular/core';
import type { Overview, SessionStatus } from '@creative-autogpt/protocol';
import { RealtimeService } from '@creative-autogpt/realtime';
import { patchState, signalStoreFeature, withMethods, withProps, withState } from '@ngrx/signals';
import { type RxMethod, rxMethod } from '@ngrx/signals/rxjs-interop';
import {
  asyncScheduler,
  filter,
  finalize,
  merge,
  mergeMap,
  type MonoTypeOperatorFunction,
  type Observable,
  pipe,
  switchMap,
  tap,
  throttleTime,
} from 'rxjs';
import { sessionDeleted, sessionUpdate, subscribed } from '../realtime/events';
import { CLOCK, FRESH_FOR, injectFreshness } from '../live/freshness';
import { pageKey, type PageQuery } from '../live/live-page';
import { isNotFound } from '../../platform/rest/rest-failure';
import { withLiveUpdates } from '../live/with-live-updates';
import { withRequests } from '../live/with-requests';
import type { SessionEvent } from './session-changes';
import { SessionsApi } from './sessions-api';
import { RECENT_SESSIONS, withSessions } from './with-sessions';

/** Least time between two reads of the same numbers that updates ask for, in milliseconds. */
const REFRESH_INTERVAL = 1_000;
/** Sessions read at once because updates told only a part of them. */
const PARALLEL_READS = 4;

interface OpenState {
  readonly overview: Overview | null;
  readonly _overviewOpen: boolean;
  readonly _openId: string | null;
}

/** Reads sessions when a page opens them, and again when the connection or an update makes what was read outdated. */
export function withSessionReads() {
  return signalStoreFeature(
    withSessions(),
    withRequests(),
    withState<OpenState>({ overview: null, _overviewOpen: false, _openId: null }),
    withProps(() => {
      const realtime = inject(RealtimeService);
      return {
        _api: inject(SessionsApi),
        _freshness: injectFreshness(),
        _live: merge(
          realtime.on(sessionUpdate),
          realtime.on(sessionDeleted),
          realtime.on(subscribed),
        ) satisfies Observable<SessionEvent>,
      };
    }),
    withMethods((store) => {
      /** Sessions being read because an update told only a part of them. */
      const reading = new Set<string>();
      /** Sessions that something shown belongs to, and when each was last asked for because of that. */
      const named = new Map<string, number>();
      const clock = inject(CLOCK);

      const readPage = (query: PageQuery<SessionStatus>): Observable<unknown> => {
        const answered = store._freshness.asking(pageKey(query));
        return store._read(
          store._api.page(query).pipe(withLiveUpdates(store._live)),
          ({ answer, updates }) => {
            answered();
            store._takePage(query, answer, updates);
          },
          { quiet: pageKey(query) in store._pages() },
        );
      };
      const readSession = (id: string): Observable<unknown> => {
        const answered = store._freshness.asking(id);
        return store._read(
          store._api.session(id).pipe(withLiveUpdates(store._live)),
          ({ answer, updates }) => {
            answered();
            store._takeAnswer([answer], updates);
          },
          {
            quiet: store.sessionOf(id) !== undefined,
            handles: (failure) => {
              if (isNotFound(failure)) {
                store._setMissing(id);
              }
              return isNotFound(failure);
            },
          },
        );
      };
      const readOverview = (): Observable<unknown> => {
        const answered = store._freshness.asking('overview');
        return store._read(
          store._api.overview(),
          (overview) => {
            answered();
            patchState(store, { overview });
          },
          { quiet: store.overview() !== null },
        );
      };
      const loadPage = rxMethod<PageQuery<SessionStatus>>(switchMap(readPage));
      const loadRecent = rxMethod<PageQuery<SessionStatus>>(switchMap(readPage));
      const loadOverview: RxMethod<void> = rxMethod(switchMap(readOverview));
      const loadSession = rxMethod<string>(switchMap(readSession));
      const loadUnknown = rxMethod<string>(
        pipe(
          filter((id) => !reading.has(id)),
          tap((id) => reading.add(id)),
          mergeMap((id) => readSession(id).pipe(finalize(() => reading.delete(id))), PARALLEL_READS),
        ),
      );

      /** Rows may change with every frame: a session that cannot be read is not asked for with each of them. */
      const loadNamed = (): void => {
        const now = clock();
        for (const [id, askedAt] of named) {
          if (store.sessionOf(id) === undefined && !store.missing(id) && now - askedAt >= FRESH_FOR) {
            named.set(id, now);
            loadUnknown(id);
          }
        }
      };
      const reloadPages = (): void => {
        const query = store._query();
        if (query) {
          loadPage(query);
        }
        if (store._overviewOpen()) {
          loadRecent(RECENT_SESSIONS);
        }
      };
      const reloadOverview = (): void => {
        if (store._overviewOpen()) {
          loadOverview();
        }
      };
      const atMostOnceASecond: MonoTypeOperatorFunction<void> = throttleTime(
        REFRESH_INTERVAL,
        asyncScheduler,
        {
          leading: true,
          trailing: true,
        },
      );
      const refreshPages: RxMethod<void> = rxMethod(pipe(atMostOnceASecond, tap(reloadPages)));
      const refreshOverview: RxMethod<void> = rxMethod(pipe(atMostOnceASecond, tap(reloadOverview)));

      return {
        /** Shows a page of sessions; `pageSessions()` and `total()` follow it from then on. */
        openPage(query: PageQuery<SessionStatus>): void {
          untracked(() => {
            patchState(store, { _query: query });
            if (!store._freshness.isFresh(pageKey(query))) {
              loadPage(query);
            }
          });
        },
        /** Shows the numbers of all sessions and the newest of them; `overview()` and `recent()` follow. */
        openOverview(): void {
          untracked(() => {
            patchState(store, { _overviewOpen: true });
            if (!store._freshness.isFresh('overview')) {
              loadOverview();
            }
            if (!store._freshness.isFresh(pageKey(RECENT_SESSIONS))) {
              loadRecent(RECENT_SESSIONS);
            }
          });
        },
        /** Shows one session; `sessionOf(id)` follows, or `missing(id)` becomes true. */
        openSession(id: string): void {
          untracked(() => {
            patchState(store, { _openId: id });
            if (!store._freshness.isFresh(id)) {
              loadSession(id);
            }
          });
        },
        /** Has the sessions that something else belongs to; `sessionOf(id)` follows. */
        openNamed(ids: readonly string[]): void {
          untracked(() => {
            ids.filter((id) => !named.has(id)).forEach((id) => named.set(id, -Infinity));
            loadNamed();
          });
        },

        /** A session was created or deleted from here. */
        _refresh(): void {
          store._freshness.forget();
          refreshPages();
          refreshOverview();
        },
        _takeLive: rxMethod<readonly SessionEvent[]>(
          tap((events) => {
            const { pagesChanged, unknown } = store._takeEvents(events);
            if (pagesChanged) {
              store._freshness.forget();
              refreshPages();
            }
            refreshOverview();
            unknown.forEach((id) => loadUnknown(id));
          }),
        ),
        /** Reads again what is open. */
        _reload(): void {
          const id = store._openId();
          reloadPages();
          reloadOverview();
          named.forEach((_, id) => named.set(id, -Infinity));
          loadNamed();
          if (id !== null) {
            loadSession(id);
          }
        },
      };
    }),
  );
}
