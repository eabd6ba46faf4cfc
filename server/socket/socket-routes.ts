import type { FastifyPluginCallback } from 'fastify';
import { isAllowedOrigin } from '../http/allowed-origin';
import { LOCAL_OWNER } from '../http/auth/owner';
import { refuse } from '../http/error-replies';
import { type RealtimeOptions, serveRealtime } from '../realtime/realtime-server';
import { sessionApplication, type SessionParts } from './session-application';

/** What the sockets need of the server, and how they are served. */
export interface SocketRoutesOptions extends SessionParts, Omit<RealtimeOptions, 'localOwner'> {
  /** Origins besides those of this machine whose pages may connect. */
  readonly allowedOrigins: readonly string[];
}

const registerSockets: FastifyPluginCallback<SocketRoutesOptions> = (app, options, done) => {
  const { allowedOrigins, tokens } = options;
  const take = serveRealtime(app, sessionApplication(options), { ...options, localOwner: LOCAL_OWNER });
  app.route({
    method: 'GET',
    url: '/ws/ws',
    schema: { hide: true },
    config: { isOpen: true, takesUpgrades: true },
    onRequest: async (request, reply) => {
      const { origin, host } = request.headers;
      if (!isAllowedOrigin(origin, allowedOrigins, tokens && host)) {
        await refuse(reply, 'forbidden', `Pages of ${String(origin)} may not connect to this server.`);
      }
    },
    handler: async (request, reply) => {
      if (!take(request, reply)) {
        reply.header('upgrade', 'websocket');
        await refuse(reply, 'upgrade_required', 'This address takes a WebSocket only.');
      }
    },
  });
  done();
};

/**
 * `GET /ws/ws`: the WebSocket of docs/PROTOCOL.md.
 *
 * Not encapsulated, because every upgrade comes by here, also that of another route or of none, which a hook
 * of the whole server refuses.
 */
export const socketRoutes: FastifyPluginCallback<SocketRoutesOptions> = Object.assign(registerSockets, {
  [Symbol.for('skip-override')]: true,
});
