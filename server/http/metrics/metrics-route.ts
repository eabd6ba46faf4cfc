import type { FastifyInstance } from 'fastify';
import { sharedAnswer } from '../shared-answer';
import type { PrometheusMetrics } from './prometheus-metrics';

const MS_PER_SECOND = 1000;
/** Time (ms) for which all who ask are given the same counters. */
const COUNTERS_LAST_MS = 1000;

/** `GET /metrics`, and what every request adds to it. */
export function addMetricsRoute(app: FastifyInstance, metrics: PrometheusMetrics): void {
  app.addHook('onResponse', (request, reply, done) => {
    metrics.requestAnswered({
      method: request.method,
      route: request.routeOptions.url,
      status: reply.statusCode,
      seconds: reply.elapsedTime / MS_PER_SECOND,
    });
    done();
  });

  const call = { summary: 'Counters in the text format of Prometheus.', answer: ['text/plain'] };
  const text = sharedAnswer(COUNTERS_LAST_MS, () => metrics.text());
  app.get('/metrics', { config: { call, isOpen: true } }, async (_request, reply) =>
    reply
      .type(metrics.contentType)
      .header('cache-control', 'no-store')
      .send(await text()),
  );
}
