import { inject, Injectable, Injector, runInInjectionContext } from '@angular/core';
import {
  catchError,
  defer,
  first,
  from,
  map,
  type Observable,
  of,
  throwError,
  timeout,
  TimeoutError,
} from 'rxjs';
import { RealtimeError } from '../realtime-error';
import { REALTIME_SCHEDULER } from '../time/realtime-scheduler';
import { AUTH_OPTIONS, type TokenReason } from './auth-options';

/** Asks the application for tokens. */
@Injectable()
export class TokenSource {
  readonly #options = inject(AUTH_OPTIONS);
  readonly #scheduler = inject(REALTIME_SCHEDULER);
  readonly #injector = inject(Injector);

  /** Asks once subscribed. Errors with `token-unavailable`, whose message never holds what was given for a token. */
  ask(reason: TokenReason): Observable<string> {
    return defer(() => {
      const given = runInInjectionContext(this.#injector, () => this.#options.token(reason));
      // A string is an iterable of its letters.
      return typeof given === 'string' ? of(given) : from(given);
    }).pipe(
      first(null, ''),
      timeout(this.#options.timeout, this.#scheduler),
      map((token: unknown): string => {
        if (typeof token !== 'string' || token === '') {
          throw new TypeError('It gave no string, or an empty one.');
        }
        return token;
      }),
      catchError((cause: unknown) => throwError(() => this.#unavailable(cause))),
    );
  }

  #unavailable(cause: unknown): RealtimeError {
    const message = ngDevMode && `The token function of withAuth() ${this.#whatHappened(cause)}.`;
    return new RealtimeError('token-unavailable', message, { cause });
  }

  #whatHappened(cause: unknown): string {
    return cause instanceof TimeoutError
      ? `gave none within ${this.#options.timeout} ms`
      : 'failed; see the cause';
  }
}
