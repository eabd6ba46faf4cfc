import { openTelemetryMetrics } from './open-telemetry-metrics';
import type { StatsSnapshot } from './stats-snapshot';

const SNAPSHOT: StatsSnapshot = {
  at: 0,
  roundTrip: { p50: 20, p95: 50, p99: 80, samples: 9 },
  sent: { messages: 3, bytes: 90, messagesPerSecond: 0, bytesPerSecond: 0 },
  received: { messages: 7, bytes: 700, messagesPerSecond: 0, bytesPerSecond: 0 },
  reconnects: 1,
  uptime: 90_000,
  queueDepth: 4,
  gaps: 0,
  duplicates: 2,
  quarantined: 0,
  conflated: 5,
  errors: 1,
};

describe('openTelemetryMetrics', () => {
  it('names messages and directions as the semantic conventions do', () => {
    const metrics = openTelemetryMetrics(SNAPSHOT);

    expect(metrics).toContain(
      jasmine.objectContaining({ name: 'messaging.client.sent.messages', unit: '{message}', value: 3 }),
    );
    expect(metrics).toContain(
      jasmine.objectContaining({ name: 'messaging.client.consumed.messages', value: 7 }),
    );
    expect(metrics).toContain(
      jasmine.objectContaining({
        name: 'realtime.client.io',
        unit: 'By',
        value: 700,
        attributes: { 'network.io.direction': 'receive' },
      }),
    );
  });

  it('gives durations in seconds', () => {
    const durations = openTelemetryMetrics(SNAPSHOT).filter(({ unit }) => unit === 's');

    expect(durations.map(({ value }) => value)).toEqual([0.02, 0.05, 0.08, 90]);
  });

  it('leaves out what is not known', () => {
    const names = openTelemetryMetrics({ ...SNAPSHOT, roundTrip: null, queueDepth: null, gaps: null }).map(
      ({ name }) => name,
    );

    expect(names.filter((name) => /round_trip|queue|gaps/.test(name))).toEqual([]);
    expect(names).toContain('realtime.client.duplicates');
  });

  it('names each series once', () => {
    const series = openTelemetryMetrics(SNAPSHOT).map(
      ({ name, attributes }) => name + JSON.stringify(attributes),
    );

    expect(new Set(series).size).toBe(series.length);
  });
});
