import { inject, Injectable, Injector, runInInjectionContext } from '@angular/core';
import { catchError, defer, first, from, map, type Observable, of, throwError } from 'rxjs';
import { RealtimeError } from '../realtime-error';
import { firstWithin } from '../time/first-within';
import { REALTIME_SCHEDULER } from '../time/realtime-scheduler';
import { AUTH_OPTIONS, type TokenReason } from './auth-options';

/** Asks the application for tokens. */
@Injectable()
export class TokenSource {
  readonly #options = inject(AUTH_OPTIONS);
  readonly #scheduler = inject(REALTIME_SCHEDULER);
  readonly #injector = inject(Injector);

  /**
   * Asks once subscribed. Errors with `token-unavailable`, whose message never holds what was given for a
   * token.
   */
  ask(reason: TokenReason): Observable<string> {
    const { token, timeout } = this.#options;
    return defer(() => {
      const given = runInInjectionContext(this.#injector, () => token(reason));
      // A string is an iterable of its letters.
      return typeof given === 'string' ? of(given) : from(given);
    }).pipe(
      first(null, ''),
      map((given: unknown): string => {
        if (typeof given !== 'string' || given === '') {
          throw new TypeError(ngDevMode ? 'It gave no string, or an empty one.' : '');
        }
        return given;
      }),
      catchError((cause: unknown) =>
        throwError(() => unavailable(ngDevMode && 'failed; see the cause', cause)),
      ),
      firstWithin(timeout, this.#scheduler, () => unavailable(ngDevMode && `gave none within ${timeout} ms`)),
    );
  }
}

function unavailable(what: string | false | null, cause?: unknown): RealtimeError {
  const message = ngDevMode && `The token function of withAuth() ${String(what)}.`;
  return new RealtimeError('token-unavailable', message, { cause });
}
