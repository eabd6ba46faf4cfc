import { patchState, signalStoreFeature, withComputed, withMethods, withState } from '@ngrx/signals';
import { catchError, defer, EMPTY, finalize, type Observable, tap } from 'rxjs';
import { type RestFailure, toRestFailure } from '../../platform/rest/rest-failure';

/** How a read is made. */
export interface ReadOptions {
  /** Whether there is something to show meanwhile, so that nobody waits for the answer. */
  readonly quiet: boolean;
  /** Takes a failure that is an answer to the question; whether it did. @default none is */
  readonly handles?: (failure: RestFailure) => boolean;
}

interface RequestsState {
  readonly _pending: number;
  readonly error: RestFailure | null;
}

/**
 * Keeps account of a store's reads: `loading()` while one is under way whose answer the person is waiting for,
 * `error()` why the last one failed, null once another began or succeeded.
 */
export function withRequests() {
  return signalStoreFeature(
    withState<RequestsState>({ _pending: 0, error: null }),
    withComputed(({ _pending }) => ({ loading: () => _pending() > 0 })),
    withMethods((store) => ({
      /** A read that never errors; what `take` is given, was answered. */
      _read<Answer>(
        request: Observable<Answer>,
        take: (answer: Answer) => void,
        { quiet, handles }: ReadOptions,
      ): Observable<Answer> {
        const waiting = quiet ? 0 : 1;
        return defer(() => {
          patchState(store, ({ _pending, error }) => ({
            _pending: _pending + waiting,
            error: quiet ? error : null,
          }));
          return request.pipe(
            catchError((error: unknown) => {
              const failure = toRestFailure(error);
              patchState(store, { error: handles?.(failure) ? null : failure });
              return EMPTY;
            }),
            tap((answer) => {
              patchState(store, { error: null });
              take(answer);
            }),
            finalize(() => patchState(store, ({ _pending }) => ({ _pending: _pending - waiting }))),
          );
        });
      },
    })),
  );
}
