import type { WebSocket } from '@fastify/websocket';

/**
 * Finds peers that are gone without a word. Each sweep ends those that have not answered the ping of the
 * sweep before, and pings the others: clients answer these pings by themselves (RFC 6455, 5.5.3). A socket
 * that is not read from at the moment proves nothing by its silence.
 */
export class DeadPeers {
  readonly #silent = new WeakSet<WebSocket>();

  watch(socket: WebSocket): void {
    socket.on('pong', () => {
      this.#silent.delete(socket);
    });
  }

  sweep(sockets: Iterable<WebSocket>): void {
    for (const socket of sockets) {
      if (socket.isPaused) {
        this.#silent.delete(socket);
      } else if (this.#silent.has(socket)) {
        socket.terminate();
      } else if (socket.readyState === socket.OPEN) {
        this.#silent.add(socket);
        socket.ping();
      }
    }
  }
}
