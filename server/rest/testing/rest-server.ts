import type { FastifyInstance } from 'fastify';
import { createHttpServer } from '../../http-server';
import { addStaticRoutes, sendPageToPeople } from '../../static';
import { openStore } from '../../store/open-store';
import type { Store } from '../../store/store';
import { ManualClock } from '../../store/testing/manual-clock';
import { useTemporaryDirectory } from '../../store/testing/temporary-directory';
import { addRestRoutes } from '../rest-routes';
import { ScriptedControl } from './scripted-control';

/** REST over a real store, for one spec. */
export interface RestServer {
  readonly app: FastifyInstance;
  readonly store: Store;
  readonly clock: ManualClock;
}

/**
 * A fresh server for each spec of the suite that calls this, closed after it.
 *
 * @param staticRoot directory of the application's pages; read when the server starts
 */
export function useRestServer(staticRoot?: () => string): () => RestServer {
  const directory = useTemporaryDirectory();
  let server: RestServer | undefined;
  beforeEach(async () => {
    const clock = new ManualClock();
    const store = openStore(directory(), clock.now);
    const app = createHttpServer({ allowedOrigins: ['https://writers.example'] });
    if (staticRoot !== undefined) {
      await addStaticRoutes(app, staticRoot());
    }
    await addRestRoutes(
      app,
      { store, control: new ScriptedControl(store), author: { provider: 'offline' } },
      staticRoot && sendPageToPeople,
    );
    server = { app, store, clock };
  });
  afterEach(async () => {
    await server?.app.close();
    server?.store.close();
    server = undefined;
  });
  return () => {
    if (server === undefined) {
      throw new Error('The server is there only while a spec runs.');
    }
    return server;
  };
}
