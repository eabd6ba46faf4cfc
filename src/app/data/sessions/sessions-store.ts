import { inject } from '@angular/core';
import type {
  CreateSessionInput,
  ExportFormat,
  NewFeedback,
  Session,
  SessionCommand,
} from '@creative-autogpt/protocol';
import { perFrame, REALTIME_FRAMES } from '@creative-autogpt/realtime';
import { withRealtimeReload } from '@creative-autogpt/realtime/signals';
import { signalStore, withHooks, withMethods } from '@ngrx/signals';
import { catchError, map, type Observable, of, switchMap, tap, throwError } from 'rxjs';
import { answerOf } from '../../platform/rest/answer-of';
import { isNotFound, RestFailure, toRestFailure } from '../../platform/rest/rest-failure';
import { injectFailedReadsAgain } from '../live/failed-reads';
import { withLiveUpdates } from '../live/with-live-updates';
import { withSessionReads } from './with-session-reads';

const HTTP_CONFLICT = 409;

/** A file to save. */
export interface ExportedFile {
  readonly blob: Blob;
  readonly filename: string;
}

/**
 * The sessions, live: fed by the WebSocket, filled from REST by what pages open, steered by people. What is done here
 * rejects with a `RestFailure`.
 */
export const SessionsStore = signalStore(
  { providedIn: 'root' },
  withSessionReads(),
  withMethods((store) => {
    /** Notices when an action finds out that there is no such session. */
    const about = <T>(id: string, request: Observable<T>): Observable<T> =>
      request.pipe(
        catchError((error: unknown) => {
          const failure = toRestFailure(error);
          if (isNotFound(failure)) {
            store._setMissing(id);
          }
          return throwError(() => failure);
        }),
      );
    const taken = (request: Observable<Session>): Promise<Session> =>
      answerOf(
        request.pipe(
          withLiveUpdates(store._live),
          tap(({ answer, updates }) => store._takeAnswer([answer], updates)),
          map(({ answer }) => store.sessionOf(answer.id) ?? answer),
        ),
      );
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
        store._setMissing(id);
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

      /** Tells the author something. A 404 is not told from that of a task that is gone: the session stays. */
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
export type SessionsStore = InstanceType<typeof SessionsStore>;
