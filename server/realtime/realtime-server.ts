import { CLOSE_CODES } from '@creative-autogpt/protocol/connection';
import websocket, { type WebSocket } from '@fastify/websocket';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Application, Message, Transient } from './application';
import { Channels } from './channels';
import { closeSockets } from './close-sockets';
import { ConnectionLimit } from './connection-limit';
import { DeadPeers } from './dead-peers';
import { FairTurns } from './fair-turns';
import { chooseSubprotocol } from './message-format';
import { type Metrics, NO_METRICS } from './monitoring';
import { ServedSocket } from './served-socket';
import type { TokenVerifier } from './socket-authentication';
import { COMPRESSION } from './websocket-wire';

/** How sockets are served. */
export interface RealtimeOptions {
  /** Tells who a client is. @default no sign-in: everybody is the local owner */
  readonly tokens?: TokenVerifier | undefined;
  /** The owner of all clients where there is no sign-in. */
  readonly localOwner: string;
  /** Sockets of one owner or, without sign-in, of one address. @default 100 */
  readonly maxConnectionsPerClient?: number | undefined;
  /** Whose turn it is to be served. @default turns among the sockets alone */
  readonly turns?: FairTurns | undefined;
  /** Is told what goes on. @default nobody */
  readonly metrics?: Metrics | undefined;
}

/** Serves the sockets of a route: its `wsHandler`. */
export type SocketHandler = (socket: WebSocket, request: FastifyRequest) => void;

/** Longest frame (bytes) a client may send; a longer one closes its socket with 1009. */
const MAX_FRAME_BYTES = 65_536;

/** Time (ms) between two pings to every peer; one that is silent for this long after a ping is ended. */
const SWEEP_INTERVAL_MS = 30_000;

const MAX_CONNECTIONS_PER_CLIENT = 100;

/**
 * Has a server take sockets for an application, until it closes: clients are then told to come again.
 *
 * Upgrades of all routes come by here, so this belongs to the root of the server: its hooks end the
 * connections that no route takes. They would keep the server from closing.
 *
 * @example const wsHandler = await serveRealtime(app, application, { localOwner: '' }); app.route({ method:
 * 'GET', url: '/ws', handler: refuse, wsHandler });
 */
export async function serveRealtime<M extends Message, T extends Transient>(
  app: FastifyInstance,
  application: Application<M, T>,
  options: RealtimeOptions,
): Promise<SocketHandler> {
  const { tokens, localOwner, metrics = NO_METRICS, turns = new FairTurns() } = options;
  const channels = new Channels((owner) => application.sourceOf(owner), app.log);
  const limit = new ConnectionLimit(options.maxConnectionsPerClient ?? MAX_CONNECTIONS_PER_CLIENT);
  const serving = { application, channels, limit, turns, metrics, tokens, localOwner };
  if (tokens === undefined) {
    // All clients have the same owner: from the first moment on, they are told what happens.
    app.addHook('onReady', () => channels.keep(localOwner));
  }
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
      // From here on Fastify answers every request with 503, but would keep the connection of an upgrade
      // open.
      app.server.on('upgrade', (_request, connection) => {
        connection.end(() => connection.destroy());
      });
      await closeSockets(app.websocketServer.clients);
      app.websocketServer.close();
    },
  });

  const deadPeers = new DeadPeers();
  const sweeps = setInterval(() => {
    deadPeers.sweep(app.websocketServer.clients);
  }, SWEEP_INTERVAL_MS);
  sweeps.unref();
  app.addHook('onClose', () => {
    clearInterval(sweeps);
    channels.close();
  });

  return (socket, request) => {
    deadPeers.watch(socket);
    const origin = { stream: request.raw.socket, address: request.ip, log: request.log };
    new ServedSocket(socket, origin, serving);
  };
}
