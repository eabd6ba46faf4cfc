import type { EnvironmentProviders, Provider, ProviderToken } from '@angular/core';
import type { Observable } from 'rxjs';
import type { ConnectionState } from '../connection/connection-status';
import type { RealtimeError } from '../realtime-error';
import type { RealtimeHooks } from './realtime-hooks';

/** What an extension is given of the client that it belongs to. */
export interface ExtensionHost {
  /** The state of the connection, beginning with the present one. Completes with the client. */
  readonly states: Observable<ConnectionState>;
  /** Everything that goes wrong. Completes with the client. */
  readonly errors: Observable<RealtimeError>;
  /**
   * What the clock of the device shows, in milliseconds since the epoch; virtual time where a test plays it.
   */
  readonly now: () => number;
  /** Reports an error on `RealtimeService.errors`. It ends nothing. */
  readonly report: (error: RealtimeError) => void;
}

/**
 * A capability of a client: what every `withX()` returns, and what applications write for servers of their
 * own. Each member but `id` is optional. An extension may be given to several clients, so it keeps no state
 * of its own: that belongs to what `hooks` returns, or to what it provides.
 *
 * ```ts
 * export const withTrace: RealtimeExtension = {
 *   id: 'trace',
 *   hooks: () => ({ received: (frame) => console.debug(frame) }),
 * };
 *
 * provideRealtime({ url }, withRetry(), withTrace)
 * ```
 */
export interface RealtimeExtension {
  /** Its name, such as `heartbeat`: a client takes one extension of each name. */
  readonly id: string;
  /** Providers of the client's own injector, where they win over the client's. @default none */
  readonly providers?: readonly (Provider | EnvironmentProviders)[];
  /** The providers that applications may inject beside `RealtimeService`. @default none */
  readonly offers?: readonly ProviderToken<unknown>[];
  /**
   * Makes what takes part in the connection: called once for each client, in its injection context, when the
   * client is made. It cannot inject `RealtimeService`, which is made after it; an initializer among the
   * `providers` can. An error is thrown where the client is injected.
   *
   * @default nothing takes part
   */
  readonly hooks?: (host: ExtensionHost) => RealtimeHooks;
}
