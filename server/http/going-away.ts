import plugin from 'fastify-plugin';
import { refuse } from './error-replies';

/** Monitors learn from it that the server is going away, so it is answered until the end. */
const HEALTH = '/health';

declare module 'fastify' {
  interface FastifyInstance {
    /** Whether the server has begun to close. */
    isGoingAway: boolean;
  }
}

/**
 * Has the server refuse requests from the moment it begins to close, while what it still has to bring to an
 * end goes on. Fastify would do so by itself, for health, too, and with a body of another form than that of
 * all errors here.
 */
export const refuseWhenGoingAway = plugin((app, _options, done) => {
  app.decorate('isGoingAway', false);
  app.addHook('preClose', (done) => {
    app.isGoingAway = true;
    done();
  });
  app.addHook('onRequest', ({ routeOptions }, reply, done) => {
    if (!app.isGoingAway || routeOptions.url === HEALTH) {
      done();
      return;
    }
    refuse(reply, 'unavailable', 'The server is going away.');
  });
  done();
});
