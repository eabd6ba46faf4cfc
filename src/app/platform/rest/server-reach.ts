import { HttpClient } from '@angular/common/http';
import { computed, inject, Injectable, linkedSignal } from '@angular/core';
import { RealtimeService } from '@creative-autogpt/realtime';
import { rxMethod } from '@ngrx/signals/rxjs-interop';
import { catchError, EMPTY, map, of, switchMap, tap } from 'rxjs';
import { RUNTIME_CONFIG } from '../config/runtime-config';
import { toRestFailure, UNREACHABLE } from './rest-failure';

/** Whether the server can be reached now. Pages offer only actions that have a chance. */
@Injectable({ providedIn: 'root' })
export class ServerReach {
  readonly #realtime = inject(RealtimeService);
  readonly #connected = computed(() => this.#realtime.status() === 'connected');
  /** Whether the last request was answered. False again whenever a connection opens or ends. */
  readonly #answers = linkedSignal({ source: this.#connected, computation: () => false });

  /** Whether there is no connection; the first attempt to connect does not count. */
  readonly #lost = computed(
    () => !this.#connected() && (this.#realtime.status() !== 'connecting' || this.#realtime.attempt() > 0),
  );

  /** Whether the connection is lost, and REST too: no request was answered since. */
  readonly away = computed(() => this.#lost() && !this.#answers());

  constructor() {
    const http = inject(HttpClient);
    const url = `${inject(RUNTIME_CONFIG).restUrl}/health`;
    // Pages send no requests of their own while they wait, and so cannot notice that REST is back.
    const ask = rxMethod<object | null>(
      switchMap((lost) =>
        lost === null
          ? EMPTY
          : http.get<unknown>(url).pipe(
              map(() => true),
              // A server that answers with an error is there, too.
              catchError((error: unknown) => of(toRestFailure(error).status !== UNREACHABLE)),
              tap((answered) => this.heard(answered)),
            ),
      ),
    );
    // Once when the connection is lost, and once after each attempt that failed.
    ask(() => (this.#lost() ? { status: this.#realtime.status(), attempt: this.#realtime.attempt() } : null));
  }

  /** A request was answered, or did not reach the server. */
  heard(answered: boolean): void {
    this.#answers.set(answered);
  }
}
