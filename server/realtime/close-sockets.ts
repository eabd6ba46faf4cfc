import type { EventEmitter } from 'node:events';
import { CLOSE_CODES, retryAfterReason } from '@creative-autogpt/protocol/connection';
import type { WebSocket } from 'ws';

type ClosableSocket = EventEmitter & Pick<WebSocket, 'readyState' | 'CLOSED' | 'close'>;
type RefusableSocket = ClosableSocket & Pick<WebSocket, 'terminate'>;

/** Time (ms) a client has to answer when the server closes; then its connection is cut. */
export const FAREWELL_MS = 1000;

/** Refused sockets that may wait for the answer of their clients at a time. */
const MOST_FAREWELLS = 100;

/** Time (ms) by which each further client spreads the return of all. */
const SPREAD_PER_SOCKET_MS = 2;

/** The longest (ms) that any client is told to wait. */
const LONGEST_SPREAD_MS = 10_000;

/** So few clients may come back all at once. */
const FEW_SOCKETS = 50;

/**
 * Closes sockets that are refused, and counted nowhere else. Clients that do not answer hold few connections:
 * when there are too many, that of the first is cut.
 */
export class Farewells {
  readonly #sockets = new Set<RefusableSocket>();

  refuse(socket: RefusableSocket, code: number, reason: string): void {
    socket.close(code, reason);
    // A client that has left meanwhile has no answer to wait for.
    if (socket.readyState === socket.CLOSED) {
      return;
    }
    this.#sockets.add(socket);
    socket.once('close', () => {
      this.#sockets.delete(socket);
    });
    const [first] = this.#sockets;
    if (this.#sockets.size > MOST_FAREWELLS && first !== undefined) {
      this.#sockets.delete(first);
      first.terminate();
    }
  }
}

/**
 * Tells every client that the server restarts and when to come again, not all at the same time. Settles when
 * all sockets are closed.
 *
 * @param random as `Math.random`
 */
export async function closeSockets(sockets: Iterable<ClosableSocket>, random = Math.random): Promise<void> {
  const all = [...sockets];
  const spread = spreadOf(all.length);
  await Promise.all(all.map((socket) => closeSocket(socket, Math.floor(random() * spread))));
}

/** The time (ms) within which so many clients are told to come again. */
function spreadOf(count: number): number {
  return count <= FEW_SOCKETS ? 0 : Math.min(count * SPREAD_PER_SOCKET_MS, LONGEST_SPREAD_MS);
}

async function closeSocket(socket: ClosableSocket, retryAfter: number): Promise<void> {
  if (socket.readyState === socket.CLOSED) {
    return;
  }
  // Not `once` of node:events, which gives up at an error: the socket of a client that sends nonsense
  // meanwhile closes, too.
  const closed = new Promise((resolve) => {
    socket.on('close', resolve);
  });
  socket.close(CLOSE_CODES.restarting, retryAfterReason(retryAfter));
  await closed;
}
