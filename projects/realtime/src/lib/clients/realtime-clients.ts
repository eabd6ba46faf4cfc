import {
  createEnvironmentInjector,
  DestroyRef,
  EnvironmentInjector,
  inject,
  Injectable,
} from '@angular/core';
import type { RealtimeExtension } from '../extensions/realtime-extension';
import { type ClientConfig, type RealtimeConfig, urlName } from '../realtime-config';
import { clientProviders } from './client-providers';

interface OpenClient {
  readonly injector: EnvironmentInjector;
  readonly extensions: readonly RealtimeExtension[];
  /** Injectors that asked for it and were not destroyed yet. */
  users: number;
}

/**
 * The clients of an application: one for each URL, however many injectors ask for it, each in an injector of
 * its own. A client goes with the last injector that asked.
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
  acquire(config: ClientConfig, extensions: readonly RealtimeExtension[]): EnvironmentInjector {
    const client = this.#open.get(config.url) ?? this.#create(config, extensions);
    if (ngDevMode && namesOf(client.extensions) !== namesOf(extensions)) {
      throw new Error(
        `@creative-autogpt/realtime: there is a client for ${urlName(config)} already, with other features: ` +
          `[${namesOf(client.extensions)}] instead of [${namesOf(extensions)}]. Give both the same.`,
      );
    }
    client.users += 1;
    inject(DestroyRef).onDestroy(() => this.#release(config, client));
    return client.injector;
  }

  #create(config: ClientConfig, extensions: readonly RealtimeExtension[]): OpenClient {
    const injector = createEnvironmentInjector(
      clientProviders(config, extensions),
      this.#parent,
      urlName(config),
    );
    const client = { injector, extensions, users: 0 };
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

function namesOf(extensions: readonly RealtimeExtension[]): string {
  return extensions
    .map(({ id }) => id)
    .sort()
    .join(', ');
}
