import {
  type EnvironmentProviders,
  inject,
  makeEnvironmentProviders,
  provideEnvironmentInitializer,
} from '@angular/core';
import { clientProvider, MAIN_CLIENT } from './clients/realtime-client';
import { Connection } from './connection/connection';
import { HandlerRegistry } from './events/handler-registry';
import type { RealtimeExtension } from './extensions/realtime-extension';
import type { RealtimeConfig } from './realtime-config';
import { RealtimeService } from './realtime-service';

/**
 * Provides {@link RealtimeService} with the capabilities given. Injectors that ask for the same URL share one
 * connection; see {@link provideRealtimeClient} for further servers.
 *
 * ```ts
 * export const appConfig: ApplicationConfig = {
 *   providers: [provideRealtime({ url: 'ws://localhost:8000/ws/ws' }, withRetry(), withHeartbeat())],
 * };
 * ```
 *
 * @param config the configuration, or a function that makes it in an injection context
 * @throws Error in development builds when a feature is given twice, or when there is a client for this URL
 *   with other features.
 */
export function provideRealtime(
  config: RealtimeConfig | (() => RealtimeConfig),
  ...extensions: readonly RealtimeExtension[]
): EnvironmentProviders {
  const tokens = [
    RealtimeService,
    Connection,
    HandlerRegistry,
    ...extensions.flatMap(({ offers }) => offers ?? []),
  ];
  return makeEnvironmentProviders([
    clientProvider(MAIN_CLIENT, config, extensions),
    ...tokens.map((token) => ({
      provide: token,
      useFactory: () => inject(MAIN_CLIENT.ɵinjector).get(token),
    })),
    provideEnvironmentInitializer(() => inject(MAIN_CLIENT.ɵinjector)),
  ]);
}
