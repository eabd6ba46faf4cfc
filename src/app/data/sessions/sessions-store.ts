import { computed, inject, untracked } from '@angular/core';
import type {
  CreateSessionInput,
  ExportFormat,
  NewFeedback,
  Session,
  SessionCommand,
  SessionStatus,
} from '@creative-autogpt/protocol';
import type { Positioned } from '@creative-autogpt/realtime';
import {
  type EntityDraft,
  type PageQuery,
  withLiveEntities,
  withLivePages,
} from '@creative-autogpt/realtime/signals';
import { signalStore, withComputed, withMethods, withProps } from '@ngrx/signals';
import { withEntities } from '@ngrx/signals/entities';
import { catchError, map, type Observable, of, switchMap, throwError } from 'rxjs';
import { answerOf } from '../../platform/rest/answered';
import { failureOf, isNotFound, RestFailure, toRestFailure } from '../../platform/rest/rest-failure';
import { laterOf } from '../later-of';
import { sessionDeleted, sessionUpdate, subscribed } from '../realtime/events';
import { OverviewStore } from './overview-store';
import { sessionAfter } from './session-after';
import { SessionsApi } from './sessions-api';

const HTTP_CONFLICT = 409;

/** The page that holds the newest sessions. */
const RECENT: PageQuery<SessionStatus> = { page: 1, pageSize: 5, filter: null };

/** A file to save. */
export interface ExportedFile {
  readonly blob: Blob;
  readonly filename: string;
}

/** Takes a reading of a session. */
function take(sessions: EntityDraft<Session>, answer: Session): void {
  sessions.set(laterOf(sessions.get(answer.id), answer));
}

/**
 * The sessions, live: fed by the WebSocket, filled from REST by what pages open, steered by people. What is
 * done here rejects with a `RestFailure`.
 */
export const SessionsStore = signalStore(
  { providedIn: 'root' },
  withEntities<Session>(),
  withLiveEntities({
    selectId: ({ id }: Session) => id,
    reads: (read, api = inject(SessionsApi)) => ({
      _session: read({
        load: (id: string) => api.session(id),
        take,
        missing: (sessions, id) => sessions.setMissing(id),
      }),
    }),
    on: (on, { _session }) => {
      const tell = (
        sessions: EntityDraft<Session>,
        id: string | undefined,
        fields: Partial<Session> | undefined,
      ): void => {
        // A server may still talk about a session after its end.
        if (id === undefined || fields === undefined || sessions.isMissing(id)) {
          return;
        }
        const session = sessionAfter(sessions.get(id), { ...fields, id });
        if (session) {
          sessions.set(session);
        } else {
          sessions.fetch(_session, id);
        }
      };
      return [
        on(sessionUpdate, (sessions, { session_id: id, data }) => tell(sessions, id, data)),
        on(subscribed, (sessions, { session_id: id, data }) => tell(sessions, id, data?.session)),
        on(sessionDeleted, (sessions, { session_id: id }) => sessions.setMissing(id)),
      ];
    },
  }),
  withLivePages((api = inject(SessionsApi)) => ({
    load: (query: PageQuery<SessionStatus>) => api.page(query),
    take: (sessions: EntityDraft<Session>, items) => items.forEach((session) => take(sessions, session)),
    compare: (a: Session, b: Session) => Date.parse(b.created_at) - Date.parse(a.created_at),
    filterOf: ({ status }: Session) => status,
    // The server lists what it could not read by the status that it stored.
    stays: ({ damaged }: Session) => damaged === true,
  })),
  withProps(({ _pageView }) => ({
    _api: inject(SessionsApi),
    _overview: inject(OverviewStore),
    /** The newest sessions. */
    recent: _pageView(),
  })),
  withComputed(({ _overview, recent }) => ({
    overview: _overview.overview,
    /** Why the numbers of all sessions, or the newest of them, could not be read. */
    overviewFailure: computed(() => failureOf(recent.load()) ?? _overview.failure()),
  })),
  withMethods((store) => ({
    sessionOf: (id: string): Session | undefined => store._live.get(id),
    /** Whether the server says that there is no such session, or not any more. */
    missing: (id: string): boolean => store._live.isMissing(id),
    /** Why an open session could not be read; null where it was, is being read, or does not exist. */
    sessionFailure(id: string): RestFailure | null {
      const load = store._session.loadOf(id);
      return load.status === 'missing' ? null : failureOf(load);
    },
    /** Shows one session; `sessionOf(id)` follows, or `missing(id)` becomes true. */
    openSession: (id: string): void => store._session.open(id),
    /** Has the sessions that something else belongs to; `sessionOf(id)` follows. */
    openNamed(ids: readonly string[]): void {
      untracked(() =>
        ids
          .filter((id) => store._live.get(id) === undefined && !store._live.isMissing(id))
          .forEach((id) => store._session.fetch(id)),
      );
    },
    /** Shows the numbers of all sessions and the newest of them; `overview()` and `recent` follow. */
    openOverview(): void {
      store._overview.open();
      store.recent.open(RECENT);
    },
    /** A session was created or deleted from here. */
    _refresh(): void {
      store._overview.refresh();
      store.recent.refresh();
      store.page.refresh();
    },
  })),
  withMethods((store) => {
    const setMissing = (id: string): void => store._live.change((sessions) => sessions.setMissing(id));
    /** Notices when an action finds out that there is no such session. */
    const about = <T>(id: string, request: Observable<T>): Observable<T> =>
      request.pipe(
        catchError((error: unknown) => {
          const failure = toRestFailure(error);
          if (isNotFound(failure)) {
            setMissing(id);
          }
          return throwError(() => failure);
        }),
      );
    const taken = (request: Observable<Session | Positioned<Session>>): Promise<Session> =>
      answerOf(store._live.call(request, take).pipe(map((answer) => store.sessionOf(answer.id) ?? answer)));
    return {
      async create(input: CreateSessionInput): Promise<Session> {
        const session = await taken(store._api.create(input));
        store._refresh();
        return session;
      },

      rename(id: string, title: string): Promise<Session> {
        return taken(about(id, store._api.rename(id, title)));
      },

      async remove(id: string): Promise<void> {
        await answerOf(about(id, store._api.remove(id)));
        setMissing(id);
        store._refresh();
      },

      /** Resolves with the session as the command left it. */
      command(id: string, command: SessionCommand): Promise<Session> {
        const request = store._api.command(id, command).pipe(
          switchMap(({ success, message, data }) => {
            if (!success) {
              return throwError(() => new RestFailure(HTTP_CONFLICT, message));
            }
            return data ? of(data) : store._api.session(id);
          }),
        );
        return taken(about(id, request));
      },

      /**
       * Gives the author a note. The session stays after a 404, which may also mean that the task of the note
       * is gone.
       */
      giveFeedback(id: string, feedback: NewFeedback): Promise<Session> {
        return taken(store._api.feedback(id, feedback));
      },

      export(id: string, format: ExportFormat): Promise<ExportedFile> {
        const named = store._api
          .export(id, format)
          .pipe(map(({ blob, filename }) => ({ blob, filename: filename ?? `${id}.${format}` })));
        return answerOf(about(id, named));
      },
    };
  }),
);

/** The injected store. */
export type SessionsStore = InstanceType<typeof SessionsStore>;
