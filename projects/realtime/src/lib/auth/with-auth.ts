import { inject } from '@angular/core';
import type { RealtimeExtension } from '../extensions/realtime-extension';
import { Auth } from './auth';
import { AUTH_OPTIONS, type AuthOptions } from './auth-options';
import { jwtExpiry } from './jwt-expiry';
import { TokenRenewal } from './token-renewal';
import { TokenSource } from './token-source';

/**
 * Sends a token in the first message of every connection, never in the URL, and replaces it before it expires
 * without a new connection where the server can do that. A server that closes with 4401 gets a fresh token
 * once.
 *
 * ```ts
 * provideRealtime({ url: 'wss://api.example.com/ws' }, withRetry(), withAuth({ token: () => inject(Session).token() }))
 * ```
 *
 * @throws RangeError in development builds when `refreshBefore` is negative or `timeout` is not positive.
 */
export function withAuth(options: AuthOptions): RealtimeExtension {
  const complete: Required<AuthOptions> = {
    refreshBefore: 60_000,
    expiresAt: jwtExpiry,
    timeout: 10_000,
    ...options,
  };
  if (ngDevMode && !(complete.refreshBefore >= 0 && complete.timeout > 0)) {
    throw new RangeError('withAuth: refreshBefore must be at least 0 ms, timeout more than 0 ms.');
  }
  return {
    id: 'auth',
    providers: [{ provide: AUTH_OPTIONS, useValue: complete }, TokenSource, TokenRenewal, Auth],
    hooks: () => inject(Auth),
  };
}
