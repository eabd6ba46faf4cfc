import { type IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { WebSocket, WebSocketServer } from 'ws';
import { FAREWELL_MS } from './close-sockets';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Whether the route takes upgrades to a WebSocket. All others refuse them. @default false */
    readonly takesUpgrades?: boolean;
  }
}

/** A request that asks for a WebSocket. Node has let go of its connection, and writes and ends nothing there. */
interface Upgrade {
  readonly response: ServerResponse;
  /** What came right behind the request. */
  readonly head: Buffer;
}

/** Refuses an upgrade that no route takes. */
class NoWebSocketError extends Error {
  readonly statusCode = 404;
}

/**
 * The upgrades of a server. Each goes the way of every request, past the same hooks; then either its route
 * takes it, or it is answered and its connection ended, whatever made the answer. Upgrades to something else
 * than a WebSocket are answered as the requests that they are without it (RFC 9110, 7.8).
 */
export class Upgrades {
  readonly #waiting = new WeakMap<IncomingMessage, Upgrade>();
  /** The answer to the last request on each connection. */
  readonly #answers = new WeakMap<Socket, ServerResponse>();

  /**
   * @param app the root of the server, so that its hook comes before all routes
   * @param sockets makes the sockets
   */
  constructor(
    private readonly app: FastifyInstance,
    private readonly sockets: WebSocketServer,
  ) {
    app.server.on('request', ({ socket }, answer) => {
      this.#answers.set(socket, answer);
    });
    app.server.on('upgrade', (request, _connection, head) => {
      this.#receive(request, head);
    });
    app.addHook('onRequest', ({ raw, routeOptions, method, url }, _reply, done) => {
      const isRefused = this.#waiting.has(raw) && routeOptions.config.takesUpgrades !== true;
      done(isRefused ? new NoWebSocketError(`There is no WebSocket at ${method} ${url}.`) : undefined);
    });
  }

  /**
   * Makes a socket of the connection of a request.
   *
   * @returns whether the request asks for one; otherwise it is still to be answered
   */
  take(request: FastifyRequest, reply: FastifyReply, serve: (socket: WebSocket) => void): boolean {
    const upgrade = this.#waiting.get(request.raw);
    if (upgrade === undefined) {
      return false;
    }
    const { socket: connection } = request.raw;
    reply.hijack();
    upgrade.response.detachSocket(connection);
    connection.off('error', destroy).off('timeout', destroy);
    // A handshake with something wrong in it is answered there, and the connection ended.
    this.sockets.handleUpgrade(request.raw, connection, upgrade.head, serve);
    return true;
  }

  #receive(request: IncomingMessage, head: Buffer): void {
    const { socket: connection } = request;
    connection.on('error', destroy).on('timeout', destroy);
    const before = this.#answers.get(connection);
    if (before === undefined || before.closed) {
      this.#route(request, head);
      return;
    }
    // The client did not wait for the answer to its request before. Nothing else may be written until then.
    before.once('close', () => {
      if (connection.writable) {
        this.#route(request, head);
      } else {
        endConnection(connection);
      }
    });
  }

  #route(request: IncomingMessage, head: Buffer): void {
    const { socket: connection, headers } = request;
    const response = new ServerResponse(request);
    try {
      response.assignSocket(connection);
    } catch {
      // Another answer is still being sent there. The server heard of none: that of a second server, which
      // Fastify has for the second address of `localhost`, passes on nothing but upgrades.
      connection.destroy();
      return;
    }
    response.shouldKeepAlive = false;
    response.once('finish', () => {
      endConnection(connection);
    });
    if (headers.upgrade?.toLowerCase() === 'websocket') {
      this.#waiting.set(request, { response, head });
    }
    this.app.routing(request, response);
  }
}

/** Ends both sides of a connection; a client that does not end its own has it ended. */
function endConnection(connection: Socket): void {
  const deadline = setTimeout(() => {
    connection.destroy();
  }, FAREWELL_MS);
  connection.once('close', () => {
    clearTimeout(deadline);
  });
  connection.end();
  // What the client still sends is dropped: behind it is the end of its side.
  connection.resume();
}

function destroy(this: Socket): void {
  this.destroy();
}
