import {
  createEnvironmentInjector,
  DestroyRef,
  EnvironmentInjector,
  inject,
  Injectable,
  type Provider,
} from '@angular/core';
import { ConnectionStateStore } from '../connection/connection-state-store';
import { ErrorReports } from '../connection/error-reports';
import { LINK_TAPS } from '../connection/link-tap';
import { coreProviders } from '../core-providers';
import { type ClientConfig, REALTIME_CONFIG, type RealtimeConfig, urlName } from '../realtime-config';
import type { RealtimeFeature } from '../realtime-feature';
import { clockTime, REALTIME_SCHEDULER } from '../time/realtime-scheduler';

interface OpenClient {
  readonly injector: EnvironmentInjector;
  readonly features: readonly RealtimeFeature[];
  /** Injectors that asked for it and were not destroyed yet. */
  users: number;
}

/**
 * The clients of an application: one for each URL, however many injectors ask for it, each in an injector of its own.
 * A client goes with the last injector that asked.
 */
@Injectable({ providedIn: 'root' })
export class RealtimeClients {
  readonly #parent = inject(EnvironmentInjector);
  /** By URL; by the function where the URL is computed. */
  readonly #open = new Map<RealtimeConfig['url'], OpenClient>();

  /**
   * The injector of the client for this configuration, for as long as the calling injector lives.
   *
   * @throws Error in development builds when there is a client for this URL with other features.
   */
  acquire(config: ClientConfig, features: readonly RealtimeFeature[]): EnvironmentInjector {
    const client = this.#open.get(config.url) ?? this.#create(config, features);
    if (ngDevMode && kindsOf(client.features) !== kindsOf(features)) {
      throw new Error(
        `@creative-autogpt/realtime: there is a client for ${urlName(config)} already, with other features: ` +
          `[${kindsOf(client.features)}] instead of [${kindsOf(features)}]. Give both the same.`,
      );
    }
    client.users += 1;
    inject(DestroyRef).onDestroy(() => this.#release(config, client));
    return client.injector;
  }

  #create(config: ClientConfig, features: readonly RealtimeFeature[]): OpenClient {
    const injector = createEnvironmentInjector(
      [
        { provide: REALTIME_CONFIG, useValue: config },
        ...coreProviders(),
        ...features.flatMap(({ ɵproviders }) => ɵproviders),
        ...features.flatMap(watching),
      ],
      this.#parent,
      urlName(config),
    );
    const client = { injector, features, users: 0 };
    this.#open.set(config.url, client);
    return client;
  }

  #release({ url }: RealtimeConfig, client: OpenClient): void {
    client.users -= 1;
    if (client.users === 0) {
      this.#open.delete(url);
      client.injector.destroy();
    }
  }
}

function watching({ ɵwatch }: RealtimeFeature): Provider[] {
  return ɵwatch
    ? [
        {
          provide: LINK_TAPS,
          multi: true,
          useFactory: () => {
            const scheduler = inject(REALTIME_SCHEDULER);
            return ɵwatch({
              states: inject(ConnectionStateStore).changes,
              errors: inject(ErrorReports).errors,
              now: () => clockTime(scheduler),
            });
          },
        },
      ]
    : [];
}

function kindsOf(features: readonly RealtimeFeature[]): string {
  return features
    .map(({ ɵkind }) => ɵkind)
    .sort()
    .join(', ');
}
