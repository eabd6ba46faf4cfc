import { InjectionToken } from '@angular/core';

/** What other features know, by its name in the statistics: read when a snapshot is taken, never before. */
export type StatsGauges = Readonly<Partial<Record<'queueDepth' | 'duplicates', () => number>>>;

/** Lets features appear in the statistics without either bringing the other into the bundle. */
export const STATS_GAUGES = new InjectionToken<readonly StatsGauges[]>(
  ngDevMode ? '@creative-autogpt/realtime statistics gauges' : '',
);
