import { inject, Injectable } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { defer, filter, ignoreElements, merge, type Observable, tap, timer } from 'rxjs';
import { ConnectionStateStore } from '../connection/connection-state-store';
import { hasEnded } from '../connection/connection-status';
import type { RealtimeLink } from '../connection/realtime-link';
import type { Ending, RealtimeHooks } from '../extensions/realtime-hooks';
import { REALTIME_CONFIG } from '../realtime-config';
import { RealtimeError } from '../realtime-error';
import { REALTIME_SCHEDULER } from '../time/realtime-scheduler';
import { AUTH, TokenRenewal } from './token-renewal';
import { TokenSource } from './token-source';

/** Close code of a server that does not accept the token. */
const UNAUTHENTICATED = 4401;

/** Milliseconds after which a link that is still open counts as accepted. */
const PROVEN_AFTER = 5_000;

/**
 * Gets a token before every attempt, puts it into `connect`, renews it while the link lasts, and judges what
 * a refusal leads to: one more attempt with a fresh token, then the end.
 */
@Injectable()
export class Auth implements RealtimeHooks {
  readonly #source = inject(TokenSource);
  readonly #renewal = inject(TokenRenewal);
  readonly #scheduler = inject(REALTIME_SCHEDULER);
  #token = '';
  /** Whether the server refused a token and has accepted none since. */
  #refused = false;

  readonly capability = AUTH;

  constructor() {
    if (ngDevMode && inject(REALTIME_CONFIG).handshake === false) {
      throw new Error(
        '@creative-autogpt/realtime: withAuth() sends the token in `connect`; remove `handshake: false`.',
      );
    }
    inject(ConnectionStateStore)
      .changes.pipe(
        filter(hasEnded),
        tap(() => (this.#refused = false)),
        takeUntilDestroyed(),
      )
      .subscribe();
  }

  beforeAttempt(): Observable<never> {
    return defer(() => this.#source.ask(this.#refused ? 'refused' : 'connect')).pipe(
      tap((token) => (this.#token = token)),
      ignoreElements(),
    );
  }

  connectData(): Readonly<Record<string, unknown>> {
    return { token: this.#token };
  }

  accompany(link: RealtimeLink): Observable<unknown> {
    const proven = timer(PROVEN_AFTER, this.#scheduler).pipe(tap(() => (this.#refused = false)));
    return merge(this.#renewal.accompany(link, this.#token), proven);
  }

  judge(error: RealtimeError): Ending | null {
    const { closeCode, reason } = error;
    if (closeCode !== UNAUTHENTICATED) {
      return null;
    }
    if (!this.#refused) {
      this.#refused = true;
      return { action: 'retry-at-once', error };
    }
    return {
      action: 'fail',
      error: new RealtimeError(
        'unauthenticated',
        ngDevMode &&
          'The server refused a fresh token too (close code 4401): sign in again, then call connect().',
        { closeCode, reason, cause: error },
      ),
    };
  }
}
