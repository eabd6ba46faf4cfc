import type { EnvironmentProviders, Provider, ProviderToken } from '@angular/core';
import type { LinkTap, WatchedClient } from './connection/link-tap';

/** Which capability a feature adds. */
export type RealtimeFeatureKind =
  | 'retry'
  | 'heartbeat'
  | 'recovery'
  | 'page-lifecycle'
  | 'shared-connection'
  | 'outbox'
  | 'batches'
  | 'codec'
  | 'compression'
  | 'quarantine'
  | 'auth'
  | 'stats'
  | 'inspector'
  | 'subscriptions';

/** A capability for {@link provideRealtime}, made by one of the `withX()` functions. */
export interface RealtimeFeature<Kind extends RealtimeFeatureKind = RealtimeFeatureKind> {
  readonly ɵkind: Kind;
  readonly ɵproviders: readonly (Provider | EnvironmentProviders)[];
  /** What applications may inject of it. */
  readonly ɵoffers: readonly ProviderToken<unknown>[];
  /**
   * Called in the client's injection context before anything is sent. A feature of another entry point is given the
   * client here rather than import it, so that bundlers can load the feature alone and leave the client where it is.
   */
  readonly ɵwatch?: (client: WatchedClient) => LinkTap;
}

export function makeFeature<Kind extends RealtimeFeatureKind>(
  kind: Kind,
  providers: readonly (Provider | EnvironmentProviders)[],
  offers: readonly ProviderToken<unknown>[] = [],
): RealtimeFeature<Kind> {
  return { ɵkind: kind, ɵproviders: providers, ɵoffers: offers };
}
