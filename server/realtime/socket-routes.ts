import { CLOSE_CODES } from '@creative-autogpt/protocol';
import websocket from '@fastify/websocket';
import type { FastifyPluginAsync } from 'fastify';
import { isAllowedOrigin } from '../http/allowed-origin';
import { LOCAL_OWNER } from '../http/auth/owner';
import type { TokenVerifier } from '../http/auth/token-verifier';
import type { Engine } from '../engine/engine';
import type { WritingBoard } from '../ports/writing-board';
import { type Metrics, NO_METRICS } from '../ports/metrics';
import { restError } from '../http/error-replies';
import type { Stores } from '../ports/store';
import { Broadcaster } from './broadcaster';
import { closeSockets } from './close-sockets';
import { COMPRESSION } from './compression';
import { ConnectionLimit } from './connection-limit';
import { DeadPeers } from './dead-peers';
import { releaseDecompressor } from './release-decompressor';
import { serveClient } from './serve-client';
import { chooseSubprotocol } from './subprotocols';

/** What the sockets need of the server. */
export interface SocketRoutesOptions {
  readonly stores: Stores;
  readonly engine: Engine;
  readonly board: WritingBoard;
  /** Origins besides those of this machine whose pages may connect. */
  readonly allowedOrigins: readonly string[];
  /** Tells who a client is. @default no sign-in: everybody is the local owner */
  readonly tokens?: TokenVerifier | undefined;
  /** Sockets of one owner or, without sign-in, of one address. @default 100 */
  readonly maxConnectionsPerClient?: number;
  /** Is told what goes on. @default nobody */
  readonly metrics?: Metrics;
}

/** Longest frame (bytes) a client may send; a longer one closes its socket with 1009. */
const MAX_FRAME_BYTES = 65_536;

/** Time (ms) between two pings to every peer; one that is silent for this long after a ping is ended. */
const SWEEP_INTERVAL_MS = 30_000;

const MAX_CONNECTIONS_PER_CLIENT = 100;

const registerSockets: FastifyPluginAsync<SocketRoutesOptions> = async (app, options) => {
  const { stores, engine, board, allowedOrigins, tokens, metrics = NO_METRICS } = options;
  const broadcaster = new Broadcaster({ stores, board, log: app.log });
  const limit = new ConnectionLimit(options.maxConnectionsPerClient ?? MAX_CONNECTIONS_PER_CLIENT);
  if (tokens === undefined) {
    // Everybody is the same owner: who connects hears of what happens from the first moment on.
    app.addHook('onReady', () => broadcaster.keep(LOCAL_OWNER));
  }
  const deadPeers = new DeadPeers();

  await app.register(websocket, {
    options: {
      maxPayload: MAX_FRAME_BYTES,
      perMessageDeflate: COMPRESSION,
      handleProtocols: chooseSubprotocol,
    },
    errorHandler: (error, socket, request) => {
      request.log.warn({ err: error }, 'a socket failed');
      // Does nothing to a socket that closes already, such as one that was sent too large a frame.
      socket.close(CLOSE_CODES.failed);
    },
    preClose: async () => {
      // From here on Fastify answers every request with 503, but would keep the connection of an upgrade open.
      app.server.on('upgrade', (_request, connection) => {
        connection.end(() => connection.destroy());
      });
      await closeSockets(app.websocketServer.clients);
      app.websocketServer.close();
    },
  });

  const sweeps = setInterval(() => {
    deadPeers.sweep(app.websocketServer.clients);
  }, SWEEP_INTERVAL_MS);
  sweeps.unref();
  app.addHook('onClose', () => {
    clearInterval(sweeps);
    broadcaster.close();
  });

  app.route({
    method: 'GET',
    url: '/ws/ws',
    schema: { hide: true },
    config: { isOpen: true },
    onRequest: async (request, reply) => {
      const { origin, host } = request.headers;
      if (!isAllowedOrigin(origin, allowedOrigins, tokens && host)) {
        await reply.code(403).send({ detail: `Pages of ${String(origin)} may not connect to this server.` });
      }
    },
    handler: async (_request, reply) =>
      reply
        .code(426)
        .header('upgrade', 'websocket')
        .send(restError('upgrade_required', 'This address takes a WebSocket only.')),
    wsHandler: (socket, request) => {
      deadPeers.watch(socket);
      releaseDecompressor(socket);
      serveClient(
        socket,
        { wire: request.raw.socket, address: request.ip },
        {
          stores,
          engine,
          board,
          broadcaster,
          limit,
          tokens,
          metrics,
          log: request.log,
        },
      );
    },
  });
};

/**
 * `GET /ws/ws`: the WebSocket of docs/PROTOCOL.md.
 *
 * Not encapsulated, because every upgrade comes by here, also that of another route or of none: those connections are ended
 * by hooks of the whole server, without which they would stay open and keep the server from closing.
 */
export const socketRoutes: FastifyPluginAsync<SocketRoutesOptions> = Object.assign(registerSockets, {
  [Symbol.for('skip-override')]: true,
});
