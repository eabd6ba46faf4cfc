import { computed, inject, untracked } from '@angular/core';
import type { ErrorEvent } from '@creative-autogpt/protocol';
import {
  perFrame,
  REALTIME_FRAMES,
  RealtimeError,
  RealtimeService,
  RealtimeSubscriptions,
  type Topic,
} from '@creative-autogpt/realtime';
import {
  patchState,
  signalStore,
  withComputed,
  withHooks,
  withMethods,
  withProps,
  withState,
} from '@ngrx/signals';
import { rxMethod } from '@ngrx/signals/rxjs-interop';
import { EMPTY, filter, merge, type Observable, retry, skip, Subject, switchMap, tap } from 'rxjs';
import { subscribed, taskChunk, taskUpdate } from '../../data/realtime/events';
import { NO_WRITING, type Writing, writingAfter, type WritingEvent } from './writing-text';

interface WritingState {
  readonly _sessionId: string | null;
  readonly _writing: Writing;
  /** Whether the server has been asked for the chunks that are missing, and has yet to answer. */
  readonly _asked: boolean;
}

const NOTHING: Pick<WritingState, '_writing' | '_asked'> = { _writing: NO_WRITING, _asked: false };

/**
 * The text of one session's running task, as it is written, and the rest of an abandoned attempt. While a
 * session is open, the store keeps the subscriptions to its text and to the updates of all sessions.
 *
 * The server answers each `subscribe` with the text so far. A kept subscription is said once for all tabs: a
 * tab that opens the session later hears chunks without that answer, and asks for it.
 */
export const WritingStore = signalStore(
  { providedIn: 'root' },
  withState<WritingState>({ _sessionId: null, ...NOTHING }),
  withProps(() => {
    const realtime = inject(RealtimeService);
    const refused = new Subject<ErrorEvent>();
    return {
      /** Refusals of the subscriptions, in the form in which the server reports other errors. */
      refusals: refused.asObservable(),
      _refused: refused,
      _realtime: realtime,
      _newConnections: realtime.statusChanges.pipe(
        skip(1),
        filter((status) => status === 'connected'),
      ),
      _live: merge(
        realtime.on(subscribed),
        realtime.on(taskChunk),
        realtime.on(taskUpdate),
      ) satisfies Observable<WritingEvent>,
    };
  }),
  withComputed(({ _writing }) => ({
    /** The task whose text is known so far; null while none is written. */
    writingTaskId: computed(() => _writing().text?.task_id ?? null),
  })),
  withMethods((store) => {
    const subscriptions = inject(RealtimeSubscriptions);
    /** A refused subscription is reported, and tried again with the next connection. */
    const keep = (topic: Topic): Observable<never> =>
      subscriptions.to(topic).pipe(
        retry({
          delay: (error: unknown) => {
            if (error instanceof RealtimeError) {
              const { message, serverCode: code } = error;
              store._refused.next({ event: 'error', data: { message, code } });
            }
            return store._newConnections;
          },
        }),
      );
    const follow = rxMethod<string | null>(
      switchMap((sessionId) =>
        sessionId === null ? EMPTY : merge(keep({}), keep({ session_id: sessionId })),
      ),
    );
    const turnTo = (sessionId: string | null): void =>
      untracked(() => {
        if (sessionId !== store._sessionId()) {
          patchState(store, { _sessionId: sessionId, ...NOTHING });
          follow(sessionId);
        }
      });
    return {
      /**
       * Follows the text of a session, in place of any other; without a connection, as soon as there is one.
       */
      open: (sessionId: string): void => turnTo(sessionId),
      /** Follows no text any more. */
      close: (): void => turnTo(null),

      /** The text so far of a task that is not finished; empty where it is unknown. */
      textOf(taskId: string): string {
        const { text } = store._writing();
        return text?.task_id === taskId ? text.text : '';
      },
      /** Whether `textOf(taskId)` is the rest of an attempt that was stopped or failed. */
      abandoned(taskId: string): boolean {
        const { text, abandoned } = store._writing();
        return abandoned && text?.task_id === taskId;
      },

      _takeLive: rxMethod<readonly WritingEvent[]>(
        tap((events) => {
          const sessionId = store._sessionId();
          if (sessionId === null) {
            return;
          }
          const ofSession = events.filter((event) => (event.session_id ?? sessionId) === sessionId);
          const writing = writingAfter(store._writing(), ofSession);
          const isAsked = writing.incomplete && store._asked();
          const lacksChunks = writing.incomplete && ofSession.some(({ event }) => event === 'task.chunk');
          const ask = (): boolean => store._realtime.send({ event: 'subscribe', session_id: sessionId });
          patchState(store, { _writing: writing, _asked: isAsked || (lacksChunks && ask()) });
        }),
      ),
      /** Chunks may have been missed without a connection. */
      _doubtText: rxMethod<unknown>(
        tap(() =>
          patchState(store, ({ _writing }) => ({
            _writing: { ..._writing, incomplete: true },
            _asked: false,
          })),
        ),
      ),
    };
  }),
  withHooks({
    onInit(store) {
      store._takeLive(store._live.pipe(perFrame({ nextFrame: inject(REALTIME_FRAMES) })));
      store._doubtText(store._newConnections);
    },
  }),
);

/** The injected store. */
export type WritingStore = InstanceType<typeof WritingStore>;
