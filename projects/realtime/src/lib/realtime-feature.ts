import type { EnvironmentProviders, Provider, ProviderToken } from '@angular/core';

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
  | 'inspector';

/** A capability for {@link provideRealtime}, made by one of the `withX()` functions. */
export interface RealtimeFeature<Kind extends RealtimeFeatureKind = RealtimeFeatureKind> {
  readonly ɵkind: Kind;
  readonly ɵproviders: readonly (Provider | EnvironmentProviders)[];
  /** What applications may inject of it. */
  readonly ɵoffers: readonly ProviderToken<unknown>[];
}

export function makeFeature<Kind extends RealtimeFeatureKind>(
  kind: Kind,
  providers: readonly (Provider | EnvironmentProviders)[],
  offers: readonly ProviderToken<unknown>[] = [],
): RealtimeFeature<Kind> {
  return { ɵkind: kind, ɵproviders: providers, ɵoffers: offers };
}
