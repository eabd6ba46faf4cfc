import type { EventEmitter } from 'node:events';
import type { WebSocket } from 'ws';

type Peer = EventEmitter & Pick<WebSocket, 'isPaused' | 'readyState' | 'OPEN' | 'ping' | 'terminate'>;

/**
 * Finds peers that are gone without a word. Each sweep ends those that have not answered the ping of the
 * sweep before, and pings the others: clients answer these pings by themselves (RFC 6455, 5.5.3). So it ends
 * those that a client has left without reading the rest. A socket that is not read from at the moment proves
 * nothing by its silence.
 */
export class DeadPeers {
  readonly #silent = new WeakSet<Peer>();

  watch(socket: Peer): void {
    socket.on('pong', () => {
      this.#silent.delete(socket);
    });
  }

  sweep(sockets: Iterable<Peer>): void {
    for (const socket of sockets) {
      if (socket.isPaused) {
        this.#silent.delete(socket);
      } else if (this.#silent.has(socket)) {
        socket.terminate();
      } else {
        this.#silent.add(socket);
        if (socket.readyState === socket.OPEN) {
          socket.ping();
        }
      }
    }
  }
}
