import type { FastifyInstance } from 'fastify';
import { LOCAL_OWNER } from '../http/auth/owner';
import type { Backend } from '../ports/backend';
import { createHttpServer } from '../http/http-server';
import { addStaticRoutes, sendPageToPeople } from '../http/static';
import type { Store, Stores } from '../ports/store';
import { ManualClock } from './manual-clock';
import { EMBEDDED, type Place } from './backends';
import { addRestRoutes } from '../rest/rest-routes';
import { ScriptedControl } from './scripted-control';

/** REST over real stores, for one spec. */
export interface RestServer {
  readonly app: FastifyInstance;
  readonly stores: Stores;
  /** What the owner has of a server without sign-in. */
  readonly store: Store;
  readonly clock: ManualClock;
}

interface RunningRestServer extends RestServer {
  readonly place: Place;
  readonly backend: Backend;
}

/**
 * A fresh server for each spec of the suite that calls this, closed after it.
 *
 * @param staticRoot directory of the application's pages; read when the server starts
 */
export function useRestServer(staticRoot?: () => string): () => RestServer {
  let server: RunningRestServer | undefined;
  beforeEach(async () => {
    const clock = new ManualClock();
    const place = await EMBEDDED.makePlace();
    const backend = await place.open({ clock: clock.now });
    const { stores } = backend;
    const app = createHttpServer({ allowedOrigins: ['https://writers.example'] });
    if (staticRoot !== undefined) {
      await addStaticRoutes(app, staticRoot());
    }
    await addRestRoutes(
      app,
      { stores, control: new ScriptedControl(stores), author: { provider: 'offline' } },
      staticRoot && sendPageToPeople,
    );
    server = { app, stores, store: stores.of(LOCAL_OWNER), clock, place, backend };
  });
  afterEach(async () => {
    await server?.app.close();
    await server?.backend.close();
    await server?.place.remove();
    server = undefined;
  });
  return () => {
    if (server === undefined) {
      throw new Error('The server is there only while a spec runs.');
    }
    return server;
  };
}
