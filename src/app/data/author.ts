import { computed, inject, Injectable } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { Health } from '@creative-autogpt/protocol';
import { catchError, map, of } from 'rxjs';
import { RestClient } from '../platform/rest/rest-client';

/** Name that the server's offline author goes by, in `llm_providers` and in a task's `llm_provider`. */
export const OFFLINE_AUTHOR = 'offline';

const NOBODY: readonly string[] = [];

/** Who writes on this server; asked once. */
@Injectable({ providedIn: 'root' })
export class Author {
  readonly #providers = toSignal(
    inject(RestClient)
      .get('/health', Health)
      .pipe(
        map((health): readonly string[] => health.llm_providers),
        catchError(() => of(NOBODY)),
      ),
    { initialValue: NOBODY },
  );

  /** Whether no language model is configured; false while that is unknown. */
  readonly isOffline = computed(() => this.#providers().includes(OFFLINE_AUTHOR));
}
