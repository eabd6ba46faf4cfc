import { inject } from '@angular/core';
import type { RealtimeExtension } from '../extensions/realtime-extension';
import { PageEvents } from '../lifecycle/page-events';
import { STATS_GAUGES, type StatsGauges } from '../stats/stats-snapshot';
import { PositionStorage } from './position-storage';
import { RealtimeRecovery } from './realtime-recovery';
import { RecoveryCursor } from './recovery-cursor';
import { REALTIME_GAPS } from './recovery-gap';
import { STREAM_CURSOR } from './stream-cursor';

/**
 * Resumes after every disconnection where the server supports it: missed events arrive in order, each once,
 * before new ones. Where that is impossible, {@link RealtimeRecovery.gaps} says so. The position survives a
 * reload of the page.
 *
 * ```ts
 * provideRealtime({ url }, withRetry(), withRecovery())
 * ```
 */
export function withRecovery(): RealtimeExtension {
  return {
    id: 'recovery',
    providers: [
      PageEvents,
      PositionStorage,
      RealtimeRecovery,
      RecoveryCursor,
      { provide: REALTIME_GAPS, useFactory: () => inject(RealtimeRecovery).gaps },
      { provide: STREAM_CURSOR, useExisting: RecoveryCursor },
      { provide: STATS_GAUGES, multi: true, useFactory: gauges },
    ],
    offers: [RealtimeRecovery, REALTIME_GAPS],
    hooks: () => inject(RealtimeRecovery),
  };
}

function gauges(): StatsGauges {
  return { duplicates: inject(RecoveryCursor).duplicates };
}
