import type { EventEmitter } from 'node:events';
import { CLOSE_CODES, retryAfterReason } from '@creative-autogpt/protocol/connection';
import type { WebSocket } from '@fastify/websocket';

type ClosableSocket = EventEmitter & Pick<WebSocket, 'readyState' | 'CLOSED' | 'close' | 'terminate'>;

/** Time (ms) a peer has to answer a close before its connection is cut. */
const FAREWELL_MS = 1000;

/** Time (ms) by which each further client spreads the return of all. */
const SPREAD_PER_SOCKET_MS = 2;

/** The longest (ms) that any client is told to wait. */
const LONGEST_SPREAD_MS = 10_000;

/** So few clients may come back all at once. */
const FEW_SOCKETS = 50;

/**
 * Tells every client that the server restarts and when to come again, not all at the same time, and ends
 * their connections.
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
  const deadline = setTimeout(() => {
    socket.terminate();
  }, FAREWELL_MS);
  socket.close(CLOSE_CODES.restarting, retryAfterReason(retryAfter));
  await closed;
  clearTimeout(deadline);
}
