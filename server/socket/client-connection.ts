import type { Capability, ErrorCode, ServerEvent } from '@creative-autogpt/protocol';
import type { WebSocket } from '@fastify/websocket';
import { Subscriptions } from './subscriptions';

/** Most bytes that may wait for one client before it counts as too slow. */
const MAX_BUFFERED_BYTES = 8 * 1024 * 1024;

const OVERLOADED = 1013;

/** One client on its socket: what it may use, what it wants, and the way to it. */
export class ClientConnection {
  readonly subscriptions = new Subscriptions();
  /** What was agreed in `connect`. */
  capabilities: readonly Capability[] = [];

  constructor(
    private readonly socket: WebSocket,
    private readonly maxBufferedBytes = MAX_BUFFERED_BYTES,
  ) {}

  send(event: ServerEvent): void {
    this.sendText(JSON.stringify(event));
  }

  /** Refuses a message: with the session it was about, where it named one. */
  sendError(code: ErrorCode, message: string, sessionId?: string): void {
    this.send({
      event: 'error',
      ...(sessionId !== undefined && { session_id: sessionId }),
      data: { message, code },
    });
  }

  /**
   * Sends an event that is text already. A client that does not take what it is sent is closed with 1013, so that
   * the server does not keep what it will never read.
   */
  sendText(text: string): void {
    if (this.socket.readyState !== this.socket.OPEN) {
      return;
    }
    if (this.socket.bufferedAmount > this.maxBufferedBytes) {
      this.socket.close(OVERLOADED, 'too slow');
      return;
    }
    this.socket.send(text);
  }
}
