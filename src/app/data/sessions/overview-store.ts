import { computed, inject } from '@angular/core';
import type { Overview } from '@creative-autogpt/protocol';
import { withLiveEntities } from '@creative-autogpt/realtime/signals';
import { signalStore, withComputed, withMethods } from '@ngrx/signals';
import { withEntities } from '@ngrx/signals/entities';
import { failureOf } from '../../platform/rest/rest-failure';
import { sessionDeleted, sessionUpdate } from '../realtime/events';
import { SessionsApi } from './sessions-api';

/** There is one overview. */
const ID = 'overview';

interface KnownOverview {
  readonly id: typeof ID;
  readonly overview: Overview;
}

/** The numbers of all sessions. An event says only that they have changed, and so they are read again. */
export const OverviewStore = signalStore(
  { providedIn: 'root' },
  withEntities<KnownOverview>(),
  withLiveEntities({
    selectId: ({ id }: KnownOverview) => id,
    reads: (read, api = inject(SessionsApi)) => ({
      _read: read({
        load: () => api.overview(),
        take: (known, overview) => known.set({ id: ID, overview }),
      }),
    }),
    on: (on, { _read }) => [
      on(sessionUpdate, (known) => known.refresh(_read)),
      on(sessionDeleted, (known) => known.refresh(_read)),
    ],
  }),
  withComputed(({ _live, _read }) => ({
    overview: computed(() => _live.get(ID)?.overview ?? null),
    /** Why it could not be read; null where it was, or is being read. */
    failure: computed(() => failureOf(_read.loadOf())),
  })),
  withMethods(({ _read }) => ({
    /** Shows the numbers; `overview()` follows. */
    open: (): void => _read.open(),
    /** Something was changed from here. */
    refresh: (): void => _read.refresh(),
  })),
);
