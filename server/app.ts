import type { FastifyInstance } from 'fastify';
import type { Author } from './authors/author';
import { describeRest } from './description/describe-rest';
import { describeSocket } from './description/describe-socket';
import { Engine } from './engine/engine';
import { createHttpServer, type HttpServerOptions } from './http-server';
import { keepTrimmed } from './keep-trimmed';
import { countAnnouncements } from './metrics/count-announcements';
import { addMetricsRoute } from './metrics/metrics-route';
import { PrometheusMetrics } from './metrics/prometheus-metrics';
import { addRestRoutes } from './rest/rest-routes';
import { socketRoutes } from './socket/socket-routes';
import { addStaticRoutes, sendPageToPeople } from './static';
import type { Store } from './store/store';

/** What the server is made of. */
export interface AppOptions extends HttpServerOptions {
  readonly store: Store;
  readonly author: Author;
  /** Directory of the built application; without it the server has no pages. */
  readonly staticRoot?: string | undefined;
}

/**
 * The whole server: REST, WebSocket, the application's pages, and the engine behind them. When it listens, it goes on with
 * the sessions that were running; when it closes, it leaves them for the next start. It leaves the store open.
 */
export async function buildApp(options: AppOptions): Promise<FastifyInstance> {
  const { store, author, allowedOrigins, staticRoot } = options;
  const app = createHttpServer(options);
  await describeRest(app);
  describeSocket(app);
  const metrics = new PrometheusMetrics({ socketsOpen: () => app.websocketServer.clients.size });
  addMetricsRoute(app, metrics);
  const engine = new Engine({ store, author, log: app.log });
  app.addHook('onListen', (done) => {
    engine.recover();
    done();
  });
  app.addHook('preClose', async () => {
    await engine.close();
  });
  keepTrimmed(app, store);
  const counted = countAnnouncements(store.announcements, metrics, app.log);
  app.addHook('onClose', () => {
    counted.unsubscribe();
  });
  await app.register(socketRoutes, { store, engine, allowedOrigins });
  if (staticRoot !== undefined) {
    await addStaticRoutes(app, staticRoot);
  }
  const answerPeople = staticRoot === undefined ? undefined : sendPageToPeople;
  await addRestRoutes(app, { store, control: engine, author }, answerPeople);
  return app;
}
