import { inject, type Signal } from '@angular/core';
import { RealtimeService } from '@creative-autogpt/realtime';
import { rxMethod } from '@ngrx/signals/rxjs-interop';
import { filter, tap } from 'rxjs';
import type { RestFailure } from '../../platform/rest/rest-failure';

/** What a store that reads shows of it. */
interface ReadingStore {
  readonly error: Signal<RestFailure | null>;
  readonly _reload: () => void;
}

/** Has a store read again what could not be read, as soon as the server can be reached again. */
export function injectFailedReadsAgain(store: ReadingStore): void {
  const readAgain = rxMethod<unknown>(tap(() => store._reload()));
  readAgain(
    inject(RealtimeService).statusChanges.pipe(
      filter((status) => status === 'connected' && store.error() !== null),
    ),
  );
}
