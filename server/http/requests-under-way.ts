import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { ConnectionLimit } from '../realtime/connection-limit';

/** Requests of one owner that may wait or be answered at a time. */
export const MOST_AT_ONCE = 64;

/** Counts the requests of each client until they are answered, or their connection has ended. */
export class RequestsUnderWay {
  readonly #limit = new ConnectionLimit(MOST_AT_ONCE);
  /**
   * Take the requests of a connection out of the count. When a connection ends, Node closes the answer that is
   * being sent there, and none of those that wait behind it.
   */
  readonly #endings = new WeakMap<Socket, Set<() => void>>();

  /** Whether the client may have one more; then it has. */
  enter(client: string, { socket }: IncomingMessage, answer: ServerResponse): boolean {
    if (!this.#limit.enter(client)) {
      return false;
    }
    const endings = this.#endingsOf(socket);
    const end = (): void => {
      if (endings.delete(end)) {
        this.#limit.leave(client);
      }
    };
    endings.add(end);
    answer.once('close', end);
    // The client may have left before it was counted, while its token was looked at.
    if (socket.destroyed) {
      end();
    }
    return true;
  }

  #endingsOf(socket: Socket): Set<() => void> {
    const known = this.#endings.get(socket);
    if (known !== undefined) {
      return known;
    }
    const endings = new Set<() => void>();
    this.#endings.set(socket, endings);
    socket.once('close', () => {
      for (const end of endings) {
        end();
      }
    });
    return endings;
  }
}
