import { once } from 'node:events';
import type { WebSocket } from '@fastify/websocket';

const RESTARTING = 1012;

/** Time (ms) a peer has to answer a close before its connection is cut. */
const FAREWELL_MS = 1000;

/** Tells every client that the server restarts, and ends their connections. */
export async function closeSockets(sockets: Iterable<WebSocket>): Promise<void> {
  await Promise.all(Array.from(sockets, closeSocket));
}

async function closeSocket(socket: WebSocket): Promise<void> {
  if (socket.readyState === socket.CLOSED) {
    return;
  }
  const closed = once(socket, 'close');
  const deadline = setTimeout(() => {
    socket.terminate();
  }, FAREWELL_MS);
  socket.close(RESTARTING, 'the server restarts');
  await closed;
  clearTimeout(deadline);
}
