import { inject, provideEnvironmentInitializer } from '@angular/core';
import { ENDING_RULES } from '../connection/ending-rule';
import { HANDSHAKE_PARTS } from '../connection/handshake-part';
import { LINK_TAPS } from '../connection/link-tap';
import { LINK_COMPANIONS } from '../connection/realtime-link';
import { makeFeature, type RealtimeFeature } from '../realtime-feature';
import { STATS_GAUGES, type StatsGauges } from '../stats/stats-gauges';
import { completeOptions, OUTBOX_OPTIONS, type OutboxOptions } from './outbox-options';
import { LinkSuspects } from './link-suspects';
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
      LinkSuspects,
      { provide: LINK_TAPS, multi: true, useExisting: LinkSuspects },
      { provide: LINK_COMPANIONS, multi: true, useExisting: LinkSuspects },
      { provide: ENDING_RULES, multi: true, useExisting: LinkSuspects },
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
