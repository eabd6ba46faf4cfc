import { computed, inject, untracked } from '@angular/core';
import { perFrame, REALTIME_FRAMES, RealtimeService } from '@creative-autogpt/realtime';
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
import { filter, merge, type Observable, tap } from 'rxjs';
import { subscribed, taskChunk, taskUpdate } from '../../data/realtime/events';
import { NO_WRITING, type Writing, writingAfter, type WritingEvent } from './writing-text';

interface WritingState {
  readonly _sessionId: string | null;
  readonly _writing: Writing;
}

/**
 * The text of one session's running task, as it is written, and what an abandoned attempt left. While it is open, this client is subscribed to the
 * session's text and to the updates of every session.
 */
export const WritingStore = signalStore(
  { providedIn: 'root' },
  withState<WritingState>({ _sessionId: null, _writing: NO_WRITING }),
  withProps(() => {
    const realtime = inject(RealtimeService);
    return {
      _realtime: realtime,
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
    const subscribe = (sessionId: string): void => {
      store._realtime.send({ event: 'subscribe' });
      store._realtime.send({ event: 'subscribe', session_id: sessionId });
    };
    const close = (): void => {
      const sessionId = store._sessionId();
      if (sessionId !== null) {
        store._realtime.send({ event: 'unsubscribe', session_id: sessionId });
        store._realtime.send({ event: 'unsubscribe' });
      }
      patchState(store, { _sessionId: null, _writing: NO_WRITING });
    };
    return {
      /** Follows the text of a session, in place of any other; without a connection, as soon as there is one. */
      open(sessionId: string): void {
        untracked(() => {
          if (sessionId !== store._sessionId()) {
            close();
            patchState(store, { _sessionId: sessionId });
            subscribe(sessionId);
          }
        });
      },
      /** Follows no text any more. */
      close: (): void => untracked(close),

      /** What was written last of a task that is not finished; empty where nothing is known of it. */
      textOf(taskId: string): string {
        const { text } = store._writing();
        return text?.task_id === taskId ? text.text : '';
      },
      /** Whether `textOf(taskId)` is what an attempt left that was stopped or failed, and not continued. */
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
          const before = store._writing();
          const ofSession = events.filter((event) => (event.session_id ?? sessionId) === sessionId);
          const writing = writingAfter(before, ofSession);
          patchState(store, { _writing: writing });
          if (writing.incomplete && !before.incomplete) {
            store._realtime.send({ event: 'subscribe', session_id: sessionId });
          }
        }),
      ),
      /** A new connection is subscribed to nothing. */
      _resubscribe: rxMethod<unknown>(
        tap(() => {
          const sessionId = store._sessionId();
          if (sessionId !== null) {
            patchState(store, ({ _writing }) => ({ _writing: { ..._writing, incomplete: true } }));
            subscribe(sessionId);
          }
        }),
      ),
    };
  }),
  withHooks({
    onInit(store) {
      store._takeLive(store._live.pipe(perFrame({ nextFrame: inject(REALTIME_FRAMES) })));
      store._resubscribe(
        inject(RealtimeService).statusChanges.pipe(filter((status) => status === 'connected')),
      );
    },
  }),
);

/** The injected store. */
export type WritingStore = InstanceType<typeof WritingStore>;
