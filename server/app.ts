import type { FastifyInstance } from 'fastify';
import type { Author } from './authors/author';
import type { Backend } from './backend';
import { closeMeanwhile } from './close-meanwhile';
import { describeRest } from './description/describe-rest';
import { describeSocket } from './description/describe-socket';
import { Engine } from './engine/engine';
import { createHttpServer, type HttpServerOptions } from './http-server';
import { keepRunning } from './keep-running';
import { keepTrimmed } from './keep-trimmed';
import { countAppended } from './metrics/count-appended';
import { addMetricsRoute } from './metrics/metrics-route';
import { PrometheusMetrics } from './metrics/prometheus-metrics';
import { addRestRoutes } from './rest/rest-routes';
import { socketRoutes } from './socket/socket-routes';
import { addStaticRoutes, sendPageToPeople } from './static';

/** What the server is made of. */
export interface AppOptions extends HttpServerOptions {
  readonly backend: Backend;
  readonly author: Author;
  /** Directory of the built application; without it the server has no pages. */
  readonly staticRoot?: string | undefined;
  /** Sockets of one owner or, without sign-in, of one address. */
  readonly maxConnectionsPerClient?: number;
}

/**
 * The whole server: REST, WebSocket, the application's pages, and the engine behind them. When it listens, it goes on with
 * the sessions that were running; when it closes, it leaves them for the next start, or for other processes. It leaves the
 * backend open.
 */
export async function buildApp(options: AppOptions): Promise<FastifyInstance> {
  const { author, staticRoot } = options;
  const { stores, board, queue } = options.backend;
  const app = createHttpServer(options);
  await describeRest(app);
  describeSocket(app);
  const engine = new Engine({ stores, author, board, queue, log: app.log });
  const metrics = new PrometheusMetrics({
    socketsOpen: () => app.websocketServer.clients.size,
    runningSessions: () => engine.runCount,
  });
  addMetricsRoute(app, metrics);
  const counted = countAppended(stores.appended, metrics, app.log);
  app.addHook('onClose', () => {
    counted.unsubscribe();
  });
  keepRunning(app, engine);
  keepTrimmed(app, stores);
  await closeMeanwhile(app, engine, () =>
    app.register(socketRoutes, { ...options, stores, board, engine, metrics }),
  );
  if (staticRoot !== undefined) {
    await addStaticRoutes(app, staticRoot);
  }
  const answerPeople = staticRoot === undefined ? undefined : sendPageToPeople;
  await addRestRoutes(app, { stores, control: engine, author }, answerPeople);
  return app;
}
