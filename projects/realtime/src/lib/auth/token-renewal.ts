import { inject, Injectable } from '@angular/core';
import { EMPTY, merge, type Observable, retry, Subject, switchMap, tap, timer } from 'rxjs';
import { ErrorReports } from '../connection/error-reports';
import { agreesTo } from '../connection/handshake';
import type { RealtimeLink } from '../connection/realtime-link';
import { RealtimeError } from '../realtime-error';
import { fieldOf, isWholeNumber } from '../realtime-message';
import { clockTime, REALTIME_SCHEDULER } from '../time/realtime-scheduler';
import { AUTH_OPTIONS } from './auth-options';
import { refreshDelay } from './refresh-delay';
import { TokenSource } from './token-source';

/** The capability of servers that take a new token on an open link. */
export const AUTH = 'auth';

/** Milliseconds until a token is asked for again when there was none. */
const PAUSE = 10_000;

/** Answers that say that a server does not take the token, or no tokens at all. */
const REFUSALS: readonly unknown[] = ['unauthenticated', 'unknown_event'];

/** Replaces the token of an open link before it expires, without a new connection. */
@Injectable()
export class TokenRenewal {
  readonly #options = inject(AUTH_OPTIONS);
  readonly #source = inject(TokenSource);
  readonly #scheduler = inject(REALTIME_SCHEDULER);
  readonly #reports = inject(ErrorReports);

  /** @param token the one that `connect` carried */
  accompany(link: RealtimeLink, token: string): Observable<unknown> {
    /** When the token in use expires; null when that is not known, or does not matter. */
    const expiries = new Subject<number | null>();
    let asked = false;
    const renew = (): Observable<string> =>
      this.#source.ask('expiring').pipe(
        tap((next) => {
          asked = link.send({ event: 'authenticate', data: { token: next } }) === 'sent';
          expiries.next(this.#expiryOf(next));
        }),
        retry({
          delay: (error: RealtimeError) => {
            this.#reports.report(error);
            return timer(PAUSE, this.#scheduler);
          },
        }),
      );
    const plan = expiries.pipe(
      switchMap((expiry) => {
        const delay =
          expiry === null
            ? null
            : refreshDelay(expiry - clockTime(this.#scheduler), this.#options.refreshBefore);
        return delay === null ? EMPTY : timer(delay, this.#scheduler).pipe(switchMap(renew));
      }),
    );
    const listen = link.messages.pipe(
      tap((message) => {
        const { event, data } = message;
        const said = event === 'connected' || event === 'authenticated' ? fieldOf(data, 'expires_at') : null;
        if (isWholeNumber(said)) {
          expiries.next(said);
        } else if (event === 'connected' && agreesTo(AUTH, message)) {
          expiries.next(this.#expiryOf(token));
        }
        if (event === 'authenticated') {
          asked = false;
        } else if (event === 'error' && asked && REFUSALS.includes(fieldOf(data, 'code'))) {
          asked = false;
          expiries.next(null);
          this.#reports.report(refused(fieldOf(data, 'code')));
        }
      }),
    );
    return merge(plan, listen);
  }

  #expiryOf(token: string): number | null {
    try {
      return this.#options.expiresAt(token);
    } catch (cause) {
      this.#reports.report(
        new RealtimeError(
          'token-unavailable',
          ngDevMode && 'The expiresAt function of withAuth() failed; see the cause.',
          { cause },
        ),
      );
      return null;
    }
  }
}

function refused(code: unknown): RealtimeError {
  return new RealtimeError(
    'unauthenticated',
    ngDevMode &&
      'The server refused the new token. The connection goes on with the one before, until the server ends it.',
    { event: 'authenticate', serverCode: String(code) },
  );
}
