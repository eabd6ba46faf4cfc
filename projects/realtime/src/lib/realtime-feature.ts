import type { Provider } from '@angular/core';

/** Which capability a feature adds. */
export type RealtimeFeatureKind = 'retry' | 'heartbeat' | 'recovery';

/** A capability for {@link provideRealtime}, made by one of the `withX()` functions. */
export interface RealtimeFeature<Kind extends RealtimeFeatureKind = RealtimeFeatureKind> {
  readonly ɵkind: Kind;
  readonly ɵproviders: readonly Provider[];
}

export function makeFeature<Kind extends RealtimeFeatureKind>(
  kind: Kind,
  providers: readonly Provider[],
): RealtimeFeature<Kind> {
  return { ɵkind: kind, ɵproviders: providers };
}
