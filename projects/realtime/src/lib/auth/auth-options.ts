import { InjectionToken } from '@angular/core';
import type { Observable } from 'rxjs';

/**
 * Why a token is asked for:
 *
 * - `connect`: a connection is about to be opened; a token that is still valid will do.
 * - `refused`: the server refused the last one; a cached token will not do.
 * - `expiring`: the one in use expires soon; a cached token will not do.
 */
export type TokenReason = 'connect' | 'refused' | 'expiring';

/** Gives a token. It runs in an injection context; of an observable, the first value counts. */
export type TokenFunction = (reason: TokenReason) => string | Promise<string> | Observable<string>;

/** How the client says who it is. */
export interface AuthOptions {
  /** Called before every attempt to connect, and before the token in use expires. */
  readonly token: TokenFunction;
  /**
   * Milliseconds before its expiry at which a token is replaced; one that has less than twice this left is
   * replaced at half of what it has left. @default 60_000
   */
  readonly refreshBefore?: number;
  /**
   * When a token expires, in milliseconds since the epoch; null when it does not, or not known when. What the
   * server says wins. @default the `exp` of a JWT, which is not verified
   */
  readonly expiresAt?: (token: string) => number | null;
  /** Milliseconds that `token` may take. @default 10_000 */
  readonly timeout?: number;
}

export const AUTH_OPTIONS = new InjectionToken<Required<AuthOptions>>(
  ngDevMode ? '@creative-autogpt/realtime auth options' : '',
);
