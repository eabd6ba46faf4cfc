import type { EnvironmentProviders, Provider } from '@angular/core';

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
}

export function makeFeature<Kind extends RealtimeFeatureKind>(
  kind: Kind,
  providers: readonly (Provider | EnvironmentProviders)[],
): RealtimeFeature<Kind> {
  return { ɵkind: kind, ɵproviders: providers };
}
