import { computed } from '@angular/core';
import type { Session, SessionPage, SessionStatus } from '@creative-autogpt/protocol';
import { patchState, signalStoreFeature, withComputed, withMethods, withState } from '@ngrx/signals';
import { removeEntities, setEntities, withEntities } from '@ngrx/signals/entities';
import { laterOf } from '../live/later-of';
import {
  changesPages,
  entityOf,
  itemsOf,
  knownItemsOf,
  type Listing,
  type LivePages,
  pageKey,
  type PageQuery,
  withArrivals,
} from '../live/live-page';
import { withLivePages } from '../live/with-live-pages';
import { sessionChanges, type SessionEvent } from './session-changes';

/** The page that holds the newest sessions for `recent()`. */
export const RECENT_SESSIONS: PageQuery<SessionStatus> = { page: 1, pageSize: 5, statusFilter: null };

const LISTING: Listing<Session> = {
  idOf: ({ id }) => id,
  compare: (a, b) => Date.parse(b.created_at) - Date.parse(a.created_at),
};

interface MissingState {
  /** Sessions that the server says do not exist, or no longer. */
  readonly _missing: ReadonlySet<string>;
}

/** What asks for more after events were taken in. */
export interface SessionsTaken {
  /** Whether pages and their totals should be read again. */
  readonly pagesChanged: boolean;
  /** Sessions that must be read before they can be shown. */
  readonly unknown: ReadonlySet<string>;
}

/** What is known of sessions, and its only writers: one for live events, one for answers. */
export function withSessions() {
  return signalStoreFeature(
    withState<MissingState>({ _missing: new Set<string>() }),
    withEntities<Session>(),
    withLivePages<Session, SessionStatus>(LISTING),
    withComputed(({ _knownPageItems, _openPageItems, _pages, entityMap }) => ({
      pageSessions: computed(() => _openPageItems()),
      /** What is known of the open page although it could not be read. */
      knownSessions: computed(() => _knownPageItems()),
      /** The same of `recent()`. */
      knownRecent: computed(() => knownItemsOf(RECENT_SESSIONS, _pages(), entityMap(), LISTING)),
      recent: computed(() => {
        const page = _pages()[pageKey(RECENT_SESSIONS)];
        return page ? itemsOf(page, entityMap(), LISTING) : [];
      }),
    })),
    withMethods((store) => {
      /** The one place that changes sessions, in one write. */
      const write = (
        sessions: ReadonlyMap<string, Session>,
        gone: ReadonlySet<string>,
        pages: (pages: LivePages<SessionStatus>) => LivePages<SessionStatus> = (same) => same,
      ): void => {
        const present = [...sessions.values()].filter(({ id }) => !gone.has(id));
        const found = new Set(present.map(({ id }) => id));
        patchState(
          store,
          setEntities(present),
          removeEntities([...gone]),
          ({ _missing }) => ({
            _missing: new Set([..._missing, ...gone].filter((id) => !found.has(id))),
          }),
          ({ _pages, entityMap }) => ({
            _pages: withArrivals(pages(_pages), present, entityMap, LISTING),
          }),
        );
      };
      const takeAnswer = (
        answer: readonly Session[],
        since: readonly SessionEvent[],
        pages?: (pages: LivePages<SessionStatus>) => LivePages<SessionStatus>,
      ): void => {
        const known = store.entityMap();
        const read = new Map(
          answer.map((session) => [session.id, laterOf(entityOf(known, session.id), session)]),
        );
        const { changed, gone } = sessionChanges((id) => read.get(id) ?? entityOf(known, id), since);
        write(new Map([...read, ...changed]), gone, pages);
      };
      return {
        missing: (id: string): boolean => store._missing().has(id),
        sessionOf: (id: string): Session | undefined => entityOf(store.entityMap(), id),

        /** Sessions as the server read them, then what it said since the request. */
        _takeAnswer: (answer: readonly Session[], since: readonly SessionEvent[]): void =>
          takeAnswer(answer, since),

        _takePage(
          query: PageQuery<SessionStatus>,
          { items, total }: SessionPage,
          since: readonly SessionEvent[],
        ): void {
          const ids = items.map(({ id }) => id);
          takeAnswer(items, since, (pages) => ({ ...pages, [pageKey(query)]: { query, ids, total } }));
        },

        _takeEvents(events: readonly SessionEvent[]): SessionsTaken {
          const known = store.entityMap();
          // A server may still talk about a session after its end.
          const living = events.filter(({ session_id: id }) => id !== undefined && !store._missing().has(id));
          const { changed, gone, unknown } = sessionChanges((id) => entityOf(known, id), living);
          write(changed, gone);
          return {
            pagesChanged:
              gone.size > 0 ||
              [...changed].some(([id, session]) => changesPages(entityOf(known, id), session)),
            unknown,
          };
        },

        _setMissing: (id: string): void => write(new Map(), new Set([id])),
      };
    }),
  );
}
