import {
  assertInInjectionContext,
  type EnvironmentInjector,
  type EnvironmentProviders,
  inject,
  InjectionToken,
  makeEnvironmentProviders,
  type Provider,
  type ProviderToken,
} from '@angular/core';
import type { RealtimeExtension } from '../extensions/realtime-extension';
import type { RealtimeConfig } from '../realtime-config';
import { RealtimeService } from '../realtime-service';
import { RealtimeClients } from './realtime-clients';

/** A client beside the one of `provideRealtime()`, by its name. Made by {@link defineRealtimeClient}. */
export interface RealtimeClient {
  readonly name: string;
  readonly ɵinjector: InjectionToken<EnvironmentInjector>;
}

/**
 * Names a further client, for a further server.
 *
 * ```ts
 * export const prices = defineRealtimeClient('prices');
 *
 * providers: [provideRealtimeClient(prices, { url: 'wss://prices.example.com' }, withRetry())]
 *
 * private readonly prices = injectRealtime(prices);
 * ```
 */
export function defineRealtimeClient(name: string): RealtimeClient {
  return {
    name,
    ɵinjector: new InjectionToken(ngDevMode ? `@creative-autogpt/realtime client "${name}"` : ''),
  };
}

/** The client that is injected without a name. */
export const MAIN_CLIENT = defineRealtimeClient('main');

/**
 * Provides a named client. Injectors that ask for the same URL share one connection.
 *
 * @param config the configuration, or a function that makes it in an injection context
 * @throws Error in development builds when a feature is given twice, or when there is a client for this URL
 *   with other features.
 */
export function provideRealtimeClient(
  client: RealtimeClient,
  config: RealtimeConfig | (() => RealtimeConfig),
  ...extensions: readonly RealtimeExtension[]
): EnvironmentProviders {
  return makeEnvironmentProviders([clientProvider(client, config, extensions)]);
}

/** The {@link RealtimeService} of a named client. Call it in an injection context. */
export function injectRealtime(client: RealtimeClient): RealtimeService;
/** Anything a named client provides, such as its `RealtimeOutbox`. Call it in an injection context. */
export function injectRealtime<T>(client: RealtimeClient, token: ProviderToken<T>): T;
export function injectRealtime(
  client: RealtimeClient,
  token: ProviderToken<unknown> = RealtimeService,
): unknown {
  assertInInjectionContext(injectRealtime);
  return inject(client.ɵinjector).get(token);
}

/**
 * Provides the injector of a client, which is made when it is first asked for.
 *
 * @throws Error in development builds when a feature is given twice.
 */
export function clientProvider(
  client: RealtimeClient,
  config: RealtimeConfig | (() => RealtimeConfig),
  extensions: readonly RealtimeExtension[],
): Provider {
  if (ngDevMode) {
    const names = extensions.map(({ id }) => id);
    const twice = names.find((name, index) => names.indexOf(name) !== index);
    if (twice) {
      throw new Error(
        `@creative-autogpt/realtime: the feature "${twice}" was given twice to the client "${client.name}".`,
      );
    }
  }
  return {
    provide: client.ɵinjector,
    useFactory: () =>
      inject(RealtimeClients).acquire(
        { ...(typeof config === 'function' ? config() : config), client: client.name },
        extensions,
      ),
  };
}
