import type { FastifyInstance } from 'fastify';
import { createHttpServer } from '../http-server';
import { addMetricsRoute } from './metrics-route';
import { PrometheusMetrics } from './prometheus-metrics';

describe('GET /metrics', () => {
  let app: FastifyInstance;
  let metrics: PrometheusMetrics;
  beforeEach(() => {
    app = createHttpServer({ allowedOrigins: [] });
    metrics = new PrometheusMetrics({ socketsOpen: () => 3, runningSessions: () => 2 });
    addMetricsRoute(app, metrics);
    app.get('/sessions/:id', () => ({}));
  });
  afterEach(() => app.close());

  const lines = async (): Promise<string[]> => (await app.inject('/metrics')).body.split('\n');

  it('speaks the text format of Prometheus', async () => {
    const { statusCode, headers } = await app.inject('/metrics');

    expect(statusCode).toBe(200);
    expect(headers['content-type']).toBe('text/plain; version=0.0.4; charset=utf-8');
  });

  it('is read once for all who ask within a second', async () => {
    const text = spyOn(metrics, 'text').and.callThrough();
    await Promise.all([lines(), lines(), lines()]);

    expect(text).toHaveBeenCalledTimes(1);
  });

  it('tells about the process', async () => {
    expect((await lines()).some((line) => line.startsWith('process_resident_memory_bytes '))).toBeTrue();
  });

  it('counts requests by their route, not by their address', async () => {
    await app.inject('/sessions/1');
    await app.inject('/sessions/2');

    expect(await lines()).toContain(
      'creative_autogpt_http_request_duration_seconds_count{method="GET",route="/sessions/:id",status="200"} 2',
    );
  });

  it('counts requests to nowhere together', async () => {
    await app.inject('/one');
    await app.inject('/two');

    expect(await lines()).toContain(
      'creative_autogpt_http_request_duration_seconds_count{method="GET",route="none",status="404"} 2',
    );
  });

  it('reads what can be read when it is asked', async () => {
    expect(await lines()).toEqual(
      jasmine.arrayContaining(['creative_autogpt_sockets_open 3', 'creative_autogpt_running_sessions 2']),
    );
  });

  for (const [what, count, expected] of [
    ['messages in', () => metrics.messageReceived(), ['messages_received_total 1']],
    ['messages out', () => metrics.messagesSent(3, 120), ['messages_sent_total 3', 'sent_bytes_total 120']],
    ['events', () => metrics.eventAppended('task.update'), ['events_appended_total{event="task.update"} 1']],
    ['replays', () => metrics.clientResumed(true), ['replays_total{recovered="true"} 1']],
    ['gaps', () => metrics.clientResumed(false), ['replays_total{recovered="false"} 1']],
    ['slow clients', () => metrics.slowClientClosed(), ['slow_clients_closed_total 1']],
    ['tasks', () => metrics.taskEnded('failed'), ['tasks_total{end="failed"} 1']],
    ['the journal', () => metrics.journalReached(7), ['journal_offset 7']],
  ] as const) {
    it(`counts ${what}`, async () => {
      count();

      expect(await lines()).toEqual(
        jasmine.arrayContaining(expected.map((line) => `creative_autogpt_${line}`)),
      );
    });
  }

  it('shows the longest of several journals', async () => {
    metrics.journalReached(7);
    metrics.journalReached(2);

    expect(await lines()).toContain('creative_autogpt_journal_offset 7');
  });
});
