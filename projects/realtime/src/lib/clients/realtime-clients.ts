import {
  createEnvironmentInjector,
  DestroyRef,
  EnvironmentInjector,
  inject,
  Injectable,
} from '@angular/core';
import { coreProviders } from '../core-providers';
import { REALTIME_CONFIG, type RealtimeConfig } from '../realtime-config';
import type { RealtimeFeature } from '../realtime-feature';

interface OpenClient {
  readonly injector: EnvironmentInjector;
  /** Which capabilities it has. */
  readonly kinds: string;
  /** Injectors that asked for it and were not destroyed yet. */
  users: number;
}

/**
 * The clients of an application: one for each URL, however many injectors ask for it, each in an injector of its own.
 * A client goes with the last injector that asked.
 */
@Injectable({ providedIn: 'root' })
export class RealtimeClients {
  private readonly parent = inject(EnvironmentInjector);
  /** By URL; by the function where the URL is computed. */
  private readonly open = new Map<RealtimeConfig['url'], OpenClient>();

  /**
   * The injector of the client for this configuration, for as long as the calling injector lives.
   *
   * @throws Error when there is a client for this URL with other features.
   */
  acquire(config: RealtimeConfig, features: readonly RealtimeFeature[]): EnvironmentInjector {
    const kinds = features
      .map(({ ɵkind }) => ɵkind)
      .sort()
      .join(', ');
    const client = this.open.get(config.url) ?? this.create(config, features, kinds);
    if (client.kinds !== kinds) {
      throw new Error(
        `@creative-autogpt/realtime: there is a client for ${nameOf(config)} already, with other features: ` +
          `[${client.kinds}] instead of [${kinds}]. Give both the same.`,
      );
    }
    client.users += 1;
    inject(DestroyRef).onDestroy(() => this.release(config, client));
    return client.injector;
  }

  private create(config: RealtimeConfig, features: readonly RealtimeFeature[], kinds: string): OpenClient {
    const injector = createEnvironmentInjector(
      [
        { provide: REALTIME_CONFIG, useValue: config },
        ...coreProviders(),
        ...features.flatMap(({ ɵproviders }) => ɵproviders),
      ],
      this.parent,
      nameOf(config),
    );
    const client = { injector, kinds, users: 0 };
    this.open.set(config.url, client);
    return client;
  }

  private release({ url }: RealtimeConfig, client: OpenClient): void {
    client.users -= 1;
    if (client.users === 0) {
      this.open.delete(url);
      client.injector.destroy();
    }
  }
}

function nameOf({ url }: RealtimeConfig): string {
  return typeof url === 'string' ? url : 'a computed URL';
}
