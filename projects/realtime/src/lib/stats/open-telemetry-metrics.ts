import type { StatsSnapshot } from './stats-snapshot';

/** One value for a monitoring system that speaks OpenTelemetry. */
export interface OpenTelemetryMetric {
  readonly name: string;
  /** Of the kinds that are read when asked for: the total of a counter, or the present value of a gauge. */
  readonly instrument: 'counter' | 'gauge';
  /** In UCUM, as OpenTelemetry writes units. */
  readonly unit: string;
  readonly value: number;
  readonly attributes: Readonly<Record<string, string | number>>;
}

const SYSTEM = { 'messaging.system': 'websocket' };

/**
 * A snapshot as metrics. Messages and directions are named as in the semantic conventions of OpenTelemetry
 * for messaging and networks (https://opentelemetry.io/docs/specs/semconv/); for the rest there are none, and
 * the names begin with `realtime.client`. Durations are in seconds, as there.
 */
export function openTelemetryMetrics(snapshot: StatsSnapshot): readonly OpenTelemetryMetric[] {
  const { sent, received, roundTrip } = snapshot;
  const counter = (name: string, unit: string, value: number, attributes = {}): OpenTelemetryMetric => ({
    name,
    instrument: 'counter',
    unit,
    value,
    attributes,
  });
  const gauge = (name: string, unit: string, value: number, attributes = {}): OpenTelemetryMetric => ({
    ...counter(name, unit, value, attributes),
    instrument: 'gauge',
  });
  const present = (
    name: string,
    unit: string,
    value: number | null,
    make = counter,
  ): OpenTelemetryMetric[] => (value === null ? [] : [make(name, unit, value)]);
  return [
    counter('messaging.client.sent.messages', '{message}', sent.messages, {
      ...SYSTEM,
      'messaging.operation.name': 'send',
    }),
    counter('messaging.client.consumed.messages', '{message}', received.messages, {
      ...SYSTEM,
      'messaging.operation.name': 'receive',
    }),
    counter('realtime.client.io', 'By', sent.bytes, { 'network.io.direction': 'transmit' }),
    counter('realtime.client.io', 'By', received.bytes, { 'network.io.direction': 'receive' }),
    ...(roundTrip
      ? ([50, 95, 99] as const).map((percent) =>
          gauge('realtime.client.round_trip.duration', 's', roundTrip[`p${percent}`] / 1_000, {
            'realtime.quantile': percent / 100,
          }),
        )
      : []),
    gauge('realtime.client.uptime', 's', snapshot.uptime / 1_000),
    counter('realtime.client.reconnects', '{reconnect}', snapshot.reconnects),
    ...present('realtime.client.queue.depth', '{message}', snapshot.queueDepth, gauge),
    ...present('realtime.client.gaps', '{gap}', snapshot.gaps),
    ...present('realtime.client.duplicates', '{message}', snapshot.duplicates),
    counter('realtime.client.quarantined', '{message}', snapshot.quarantined),
    counter('realtime.client.conflated', '{message}', snapshot.conflated),
    counter('realtime.client.errors', '{error}', snapshot.errors),
  ];
}
