import { CLOSE_CODES } from '@creative-autogpt/protocol/connection';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Application, Message, Transient } from './application';
import { Channels } from './channels';
import { clientAddress } from './client-address';
import { closeSockets, FAREWELL_MS, Farewells } from './close-sockets';
import { ConnectionLimit } from './connection-limit';
import { DeadPeers } from './dead-peers';
import { FairTurns } from './fair-turns';
import { chooseSubprotocol } from './message-format';
import { type Metrics, NO_METRICS } from './monitoring';
import { Newcomers } from './newcomers';
import { ServedSocket } from './served-socket';
import type { TokenVerifier } from './socket-authentication';
import { Upgrades } from './upgrades';
import { COMPRESSION } from './websocket-wire';

declare module 'fastify' {
  interface FastifyInstance {
    /** The sockets of `serveRealtime`. */
    readonly websocketServer: WebSocketServer;
  }
}

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

/**
 * Makes a socket of a request, and serves it.
 *
 * @returns whether the request asks for one; otherwise it is still to be answered
 */
export type SocketHandler = (request: FastifyRequest, reply: FastifyReply) => boolean;

/** Longest frame (bytes) a client may send; a longer one closes its socket with 1009. */
const MAX_FRAME_BYTES = 65_536;

/**
 * Most fragments that one frame may come in; more close its socket with 1008. Each costs a round of its own,
 * through the decompressor where it is compressed, be it of one byte. Clients and proxies cut into kilobytes.
 */
const MAX_FRAGMENTS = 64;

/** Time (ms) between two pings to every peer; one that is silent for this long after a ping is ended. */
const SWEEP_INTERVAL_MS = 30_000;

const MAX_CONNECTIONS_PER_CLIENT = 100;

/** How sockets are made. A client that does not answer a close is cut off, whatever it was closed for. */
const SOCKETS = {
  noServer: true,
  maxPayload: MAX_FRAME_BYTES,
  maxFragments: MAX_FRAGMENTS,
  perMessageDeflate: COMPRESSION,
  handleProtocols: chooseSubprotocol,
  closeTimeout: FAREWELL_MS,
} as const;

/**
 * Has a server take sockets for an application, until it closes: clients are then told to come again.
 *
 * Upgrades of all routes come by here, so this belongs to the root of the server. It ends the connections that
 * no route takes. They would keep the server from closing.
 *
 * @example const take = serveRealtime(app, application, { localOwner: '' });
 * app.get('/ws', { config: { takesUpgrades: true } }, (request, reply) => take(request, reply) ||
 * reply.code(426).send());
 */
export function serveRealtime<M extends Message, T extends Transient>(
  app: FastifyInstance,
  application: Application<M, T>,
  options: RealtimeOptions,
): SocketHandler {
  const { tokens, localOwner, metrics = NO_METRICS, turns = new FairTurns() } = options;
  const { maxConnectionsPerClient = MAX_CONNECTIONS_PER_CLIENT } = options;
  const channels = new Channels((owner) => application.sourceOf(owner), app.log);
  const serving = {
    application,
    channels,
    limit: new ConnectionLimit(maxConnectionsPerClient),
    newcomers: new Newcomers(maxConnectionsPerClient),
    farewells: new Farewells(),
    turns,
    metrics,
    tokens,
    localOwner,
  };
  const sockets = new WebSocketServer(SOCKETS);
  const upgrades = new Upgrades(app, sockets);
  const deadPeers = new DeadPeers();
  const sweeps = setInterval(() => {
    deadPeers.sweep(sockets.clients);
  }, SWEEP_INTERVAL_MS);
  sweeps.unref();
  app.decorate('websocketServer', sockets);
  if (tokens === undefined) {
    // All clients have the same owner: from the first moment on, they are told what happens.
    app.addHook('onReady', () => channels.keep(localOwner));
  }
  app.addHook('preClose', async () => {
    // From here on it takes no more.
    sockets.close();
    await closeSockets(sockets.clients);
  });
  app.addHook('onClose', () => {
    clearInterval(sweeps);
    channels.close();
  });

  const serve = (socket: WebSocket, request: FastifyRequest): void => {
    const { log, ip, raw } = request;
    socket.on('error', (error) => {
      // A client that breaks the protocol, or the connection.
      log.debug({ err: error }, 'a socket failed');
      // Does nothing to a socket that closes already, such as one that was sent too large a frame.
      socket.close(CLOSE_CODES.failed);
    });
    deadPeers.watch(socket);
    new ServedSocket(socket, { stream: raw.socket, address: clientAddress(ip), log }, serving);
  };
  return (request, reply) =>
    upgrades.take(request, reply, (socket) => {
      serve(socket, request);
    });
}
