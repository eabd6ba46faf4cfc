import { inject, provideEnvironmentInitializer } from '@angular/core';
import type { RealtimeExtension } from '../extensions/realtime-extension';
import { RealtimeStats } from './realtime-stats';
import { RoundTrip } from './round-trip';
import { STATS_OPTIONS, type StatsOptions } from './stats-options';
import { TrafficMeter } from './traffic-meter';

/**
 * Measures latency, throughput and losses. Inject {@link RealtimeStats} to see them, or give an `exporter`.
 *
 * ```ts
 * provideRealtime({ url }, withRetry(), withStats({ exporter: (snapshot) => navigator.sendBeacon('/stats', JSON.stringify(snapshot)) }))
 * ```
 *
 * @throws RangeError in development builds when an interval is not a positive number or `window` is not a
 *   positive integer.
 */
export function withStats(options: StatsOptions = {}): RealtimeExtension {
  const complete = { pingInterval: 10_000, window: 128, exportInterval: 60_000, ...options };
  if (ngDevMode && !(complete.pingInterval > 0 && complete.exportInterval > 0)) {
    throw new RangeError(
      'withStats: pingInterval and exportInterval must be positive numbers of milliseconds.',
    );
  }
  if (ngDevMode && !(Number.isSafeInteger(complete.window) && complete.window > 0)) {
    throw new RangeError('withStats: window must be a positive integer.');
  }
  return {
    id: 'stats',
    providers: [
      { provide: STATS_OPTIONS, useValue: complete },
      RoundTrip,
      TrafficMeter,
      RealtimeStats,
      provideEnvironmentInitializer(() => inject(RealtimeStats)),
    ],
    offers: [RealtimeStats],
    hooks: () => inject(TrafficMeter),
  };
}
