import { randomUUID } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import type { ProviderKeys } from './http/auth/provider-keys';
import type { Author } from './authors/author';
import type { Backend } from './ports/backend';
import { closeMeanwhile } from './http/close-meanwhile';
import { describeRest } from './rest/description/describe-rest';
import { describeSocket } from './rest/description/describe-socket';
import { Engine } from './engine/engine';
import { createHttpServer, type HttpServerOptions } from './http/http-server';
import { keepRunning } from './engine/keep-running';
import { keepTrimmed } from './backends/keep-trimmed';
import type { CrashNotes } from './config/crash-notes';
import { countAppended } from './http/metrics/count-appended';
import { addMetricsRoute } from './http/metrics/metrics-route';
import { PrometheusMetrics } from './http/metrics/prometheus-metrics';
import { addRestRoutes } from './rest/rest-routes';
import { FairTurns } from './realtime/fair-turns';
import { socketRoutes } from './socket/socket-routes';
import { addStaticRoutes, sendPageToPeople } from './http/static';

/** What the server is made of. */
export interface AppOptions extends HttpServerOptions {
  readonly backend: Backend;
  readonly author: Author;
  /** Keys of the identity provider that `tokens` uses, to be kept fresh while the server listens. */
  readonly providerKeys?: ProviderKeys | undefined;
  /** Name of this process in the records of what it runs. @default a random one */
  readonly processId?: string;
  /** What processes before this one have left; none where nothing is known of them. */
  readonly crashNotes?: CrashNotes;
  /** Directory of the built application; without it the server has no pages. */
  readonly staticRoot?: string | undefined;
  /** Sockets of one owner or, without sign-in, of one address. */
  readonly maxConnectionsPerClient?: number;
}

/**
 * The whole server: REST, WebSocket, the application's pages, and the engine behind them. When it listens, it
 * goes on with the sessions that were running; when it closes, it leaves them for the next start, or for
 * other processes. It leaves the backend open.
 */
export async function buildApp(options: AppOptions): Promise<FastifyInstance> {
  const { author, providerKeys, staticRoot } = options;
  const { stores, board, queue } = options.backend;
  const turns = new FairTurns();
  const app = createHttpServer({ ...options, turns });
  await describeRest(app);
  describeSocket(app);
  const { processId = randomUUID(), crashNotes } = options;
  const engine = new Engine({ stores, author, board, queue, processId, log: app.log });
  const metrics = new PrometheusMetrics({
    socketsOpen: () => app.websocketServer.clients.size,
    runningSessions: () => engine.runCount,
  });
  addMetricsRoute(app, metrics);
  const counted = countAppended(stores.appended, metrics, app.log);
  app.addHook('onClose', () => {
    counted.unsubscribe();
  });
  if (providerKeys !== undefined) {
    app.addHook('onListen', (done) => {
      void providerKeys.refresh();
      done();
    });
    app.addHook('onClose', () => {
      providerKeys.close();
    });
  }
  keepRunning(app, engine, crashNotes);
  keepTrimmed(app, stores);
  await closeMeanwhile(app, engine, () =>
    app.register(socketRoutes, { ...options, stores, board, engine, metrics, turns }),
  );
  if (staticRoot !== undefined) {
    await addStaticRoutes(app, staticRoot);
  }
  const answerPeople = staticRoot === undefined ? undefined : sendPageToPeople;
  await addRestRoutes(app, { stores, control: engine, author, signIn: providerKeys }, answerPeople);
  return app;
}
