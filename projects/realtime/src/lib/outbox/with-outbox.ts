import { inject, provideEnvironmentInitializer } from '@angular/core';
import { HANDSHAKE_PARTS } from '../connection/handshake-part';
import { makeFeature, type RealtimeFeature } from '../realtime-feature';
import { STATS_GAUGES, type StatsGauges } from '../stats/stats-gauges';
import { completeOptions, OUTBOX_OPTIONS, type OutboxOptions } from './outbox-options';
import { COMMANDS, OutboxSender } from './outbox-sender';
import { OutboxStorage } from './outbox-storage';
import { OutboxStore } from './outbox-store';
import { RealtimeOutbox } from './realtime-outbox';

/**
 * Keeps what cannot be sent at once, within bounds, and sends it in order after the next handshake; and adds requests
 * that are repeated until the server acknowledges them. Inject {@link RealtimeOutbox} to use it.
 *
 * ```ts
 * provideRealtime({ url }, withRetry(), withOutbox({ maxMessages: 200 }))
 * ```
 *
 * @throws RangeError in development builds when an option is out of its range.
 */
export function withOutbox(options: OutboxOptions = {}): RealtimeFeature<'outbox'> {
  return makeFeature(
    'outbox',
    [
      { provide: OUTBOX_OPTIONS, useValue: completeOptions(options) },
      OutboxStorage,
      OutboxStore,
      OutboxSender,
      RealtimeOutbox,
      { provide: HANDSHAKE_PARTS, multi: true, useValue: COMMANDS },
      { provide: STATS_GAUGES, multi: true, useFactory: gauges },
      provideEnvironmentInitializer(() => inject(OutboxSender)),
    ],
    [RealtimeOutbox],
  );
}

function gauges(): StatsGauges {
  return { queueDepth: inject(OutboxStore).depth };
}
