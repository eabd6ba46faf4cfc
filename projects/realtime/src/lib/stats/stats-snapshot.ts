import { InjectionToken } from '@angular/core';

/** What went in one direction. */
export interface TrafficStats {
  readonly messages: number;
  /** Payload of the frames, in bytes, before compression by the socket. */
  readonly bytes: number;
  /** Average of the last ten seconds. */
  readonly messagesPerSecond: number;
  /** Average of the last ten seconds. */
  readonly bytesPerSecond: number;
}

/** How long the server takes to answer, in milliseconds. */
export interface RoundTripStats {
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  /** How many measurements these are the percentiles of. */
  readonly samples: number;
}

/** The statistics of one moment. Counts begin with the client. */
export interface StatsSnapshot {
  /** When it was taken, in milliseconds since the epoch. */
  readonly at: number;
  /** Null until a first answer was measured. */
  readonly roundTrip: RoundTripStats | null;
  readonly sent: TrafficStats;
  /** Messages are those delivered; bytes are those of the frames that this tab received. */
  readonly received: TrafficStats;
  /** Times that a lost connection was established again. */
  readonly reconnects: number;
  /** Milliseconds since the connection was established; 0 while there is none. */
  readonly uptime: number;
  /** What waits in the outbox; null without `withOutbox()`. */
  readonly queueDepth: number | null;
  /** Gaps in the stream of events; null without `withRecovery()`. */
  readonly gaps: number | null;
  /** Events that came twice and were dropped; null without `withRecovery()`. */
  readonly duplicates: number | null;
  /** Messages that did not satisfy the schema of their event; kept where `withQuarantine()` is given. */
  readonly quarantined: number;
  /** Messages that a newer one replaced while they waited for a frame. */
  readonly conflated: number;
  /** Everything that was reported on `RealtimeService.errors`. */
  readonly errors: number;
}

/** What other features know, by its name in the statistics: read when a snapshot is taken, never before. */
export type StatsGauges = Readonly<Partial<Record<'queueDepth' | 'duplicates', () => number>>>;

/** Lets features appear in the statistics without either bringing the other into the bundle. */
export const STATS_GAUGES = new InjectionToken<readonly StatsGauges[]>(
  ngDevMode ? '@creative-autogpt/realtime statistics gauges' : '',
);
