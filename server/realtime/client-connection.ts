import type { Writable } from 'node:stream';
import { CLOSE_CODES, type Connected, retryAfterReason } from '@creative-autogpt/protocol/connection';
import type { WebSocket } from 'ws';
import type { ServerMessage } from './application';
import { Batches } from './batches';
import type { Farewells } from './close-sockets';
import { type MessageFormat, formatOf } from './message-format';
import type { Metrics } from './monitoring';
import { OutgoingFrame } from './outgoing-frame';
import type { SharedMessage } from './shared-message';
import { WebSocketWire } from './websocket-wire';

/** Most bytes that may wait for one client before it counts as too slow. */
const MAX_BUFFERED_BYTES = 8 * 1024 * 1024;

/** From here on a replay waits until all of it is gone. */
const CONGESTED_BYTES = 256 * 1024;

/** When a client that cannot be served at the moment may try again (ms). */
const TRY_AGAIN_AFTER_MS = 5000;

/** The way to one client on its socket, and what was agreed about it. */
export class ClientConnection {
  readonly format: MessageFormat;
  readonly #batches = new Batches((frame) => {
    this.#write(frame);
  });
  readonly #wire: WebSocketWire;
  #capabilities: ReadonlySet<string> = new Set();
  #framesUnderWay = 0;
  #onDrained: (() => void) | undefined;

  /** @param stream the connection that the socket stands on */
  constructor(
    private readonly socket: WebSocket,
    stream: Writable,
    private readonly metrics: Metrics,
    private readonly farewells: Farewells,
  ) {
    this.format = formatOf(socket.protocol);
    this.#wire = new WebSocketWire(socket, stream);
  }

  get isOpen(): boolean {
    return this.socket.readyState === this.socket.OPEN;
  }

  /** Whether this capability was agreed in `connect`. */
  has(capability: string): boolean {
    return this.#capabilities.has(capability);
  }

  /** Answers `connect`, in a frame of its own: what comes after it is as agreed, what came before is not. */
  agree(capabilities: readonly string[], answer: Connected): void {
    this.#batches.flush();
    this.#capabilities = new Set(capabilities);
    this.#write(OutgoingFrame.of(this.format.encode(answer), this.format));
  }

  send(message: ServerMessage): void {
    this.#enqueue(OutgoingFrame.of(this.format.encode(message), this.format));
  }

  /** Sends what other clients are sent, too. */
  sendShared(message: SharedMessage): void {
    this.#enqueue(message.in(this.format, this.has('resume')));
  }

  /** Whether so much waits for the client that a sender that can wait should do so. */
  get isCongested(): boolean {
    return this.socket.bufferedAmount > CONGESTED_BYTES;
  }

  /**
   * Settles when everything sent so far is on its way, which takes as long as the client takes to read, or is
   * lost.
   */
  async drained(): Promise<void> {
    this.#batches.flush();
    if (this.#framesUnderWay > 0) {
      await new Promise<void>((resolve) => {
        this.#onDrained = resolve;
      });
    }
  }

  /** The client reads too slowly to be kept: it may come again and resume. */
  closeTooSlow(): void {
    this.metrics.slowClientClosed();
    this.socket.close(CLOSE_CODES.tooSlow, 'too slow');
  }

  /** The client is not, or no longer, known. */
  closeUnauthenticated(reason: string): void {
    this.farewells.refuse(this.socket, CLOSE_CODES.unauthenticated, reason);
  }

  /** There are as many sockets of the client, or of clients like it, as there may be. */
  closeTooMany(): void {
    const reason = retryAfterReason(TRY_AGAIN_AFTER_MS);
    this.farewells.refuse(this.socket, CLOSE_CODES.tooManySockets, reason);
  }

  /** Who the client is cannot be found out at the moment. */
  closeUnavailable(): void {
    this.farewells.refuse(this.socket, CLOSE_CODES.overloaded, retryAfterReason(TRY_AGAIN_AFTER_MS));
  }

  closeFailed(): void {
    this.socket.close(CLOSE_CODES.failed, 'the server failed');
  }

  #enqueue(message: OutgoingFrame): void {
    if (this.has('batch')) {
      this.#batches.add(message);
    } else {
      this.#write(message);
    }
  }

  /** The server does not keep what a client does not take: it closes it instead. */
  #write(frame: OutgoingFrame): void {
    if (!this.isOpen) {
      return;
    }
    if (this.socket.bufferedAmount > MAX_BUFFERED_BYTES) {
      this.closeTooSlow();
      return;
    }
    this.#framesUnderWay += 1;
    const bytes = frame.encode(this.#wire.isCompressing);
    this.metrics.messagesSent(frame.count, bytes.length);
    this.#wire.write(bytes, this.#frameGone);
  }

  readonly #frameGone = (): void => {
    this.#framesUnderWay -= 1;
    if (this.#framesUnderWay === 0) {
      this.#onDrained?.();
      this.#onDrained = undefined;
    }
  };
}
