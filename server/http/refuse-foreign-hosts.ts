import plugin from 'fastify-plugin';
import { isAllowedHost } from './allowed-host';
import { refuse } from './error-replies';

/**
 * Refuses requests to names that are not this server's, whatever they ask for. Comes after `onRequest`, where
 * the WebSocket plugin takes note of the connections that it has to end when their upgrade is refused.
 */
export const refuseForeignHosts = plugin<{ readonly allowedOrigins: readonly string[] }>(
  (app, { allowedOrigins }, done) => {
    app.addHook('preParsing', async ({ headers: { host } }, reply) => {
      if (!isAllowedHost(host, allowedOrigins)) {
        const detail = `This server is not called ${String(host)}: name its origin in ALLOWED_ORIGINS.`;
        await refuse(reply, 'forbidden', detail);
      }
    });
    done();
  },
);
