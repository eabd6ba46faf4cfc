import { inject, provideEnvironmentInitializer } from '@angular/core';
import type { RealtimeExtension } from '../extensions/realtime-extension';
import { STATS_GAUGES, type StatsGauges } from '../stats/stats-snapshot';
import { completeOptions, OUTBOX_OPTIONS, type OutboxOptions } from './outbox-options';
import { LinkSuspects } from './link-suspects';
import { OutboxSender } from './outbox-sender';
import { OutboxStorage } from './outbox-storage';
import { OutboxStore } from './outbox-store';
import { RealtimeOutbox } from './realtime-outbox';

/**
 * Keeps what cannot be sent at once, within bounds, and sends it in order after the next handshake; and adds
 * requests that are repeated until the server acknowledges them. Inject {@link RealtimeOutbox} to use it.
 *
 * ```ts
 * provideRealtime({ url }, withRetry(), withOutbox({ maxMessages: 200 }))
 * ```
 *
 * @throws RangeError in development builds when an option is out of its range.
 */
export function withOutbox(options: OutboxOptions = {}): RealtimeExtension {
  return {
    id: 'outbox',
    providers: [
      { provide: OUTBOX_OPTIONS, useValue: completeOptions(options) },
      LinkSuspects,
      OutboxStorage,
      OutboxStore,
      OutboxSender,
      RealtimeOutbox,
      { provide: STATS_GAUGES, multi: true, useFactory: gauges },
      provideEnvironmentInitializer(() => inject(OutboxSender)),
    ],
    offers: [RealtimeOutbox],
    hooks: () => inject(LinkSuspects),
  };
}

function gauges(): StatsGauges {
  return { queueDepth: inject(OutboxStore).depth };
}
