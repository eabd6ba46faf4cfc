import type { Writable } from 'node:stream';
import {
  type Capability,
  CLOSE_CODES,
  type Connected,
  retryAfterReason,
  type ServerEvent,
} from '@creative-autogpt/protocol';
import type { WebSocket } from '@fastify/websocket';
import type { Metrics } from '../ports/metrics';
import { Batches } from './batches';
import { agreedOnCompression } from './compression';
import { Outgoing } from './outgoing';
import type { SharedMessage } from './shared-message';
import { Subscriptions } from './subscriptions';
import type { WireFormat } from './wire-format';

/** Most bytes that may wait for one client before it counts as too slow. */
const MAX_BUFFERED_BYTES = 8 * 1024 * 1024;

/** From here on a replay waits until all of it is gone. */
const CONGESTED_BYTES = 256 * 1024;

/** When a client that has too many sockets may try again (ms). */
const TRY_AGAIN_AFTER_MS = 5000;

/** One client on its socket: what it may use, what it wants, and the way to it. */
export class ClientConnection {
  readonly subscriptions = new Subscriptions();
  readonly #batches = new Batches((messages) => {
    this.#write(messages);
  });
  readonly #canCompress: boolean;
  #capabilities: ReadonlySet<Capability> = new Set();
  #framesUnderWay = 0;
  #onDrained: (() => void) | undefined;

  /** @param wire what the socket stands on: frames made for many clients go there as they are */
  constructor(
    private readonly socket: WebSocket,
    private readonly wire: Writable,
    readonly format: WireFormat,
    readonly metrics: Metrics,
  ) {
    this.#canCompress = agreedOnCompression(socket);
  }

  get isOpen(): boolean {
    return this.socket.readyState === this.socket.OPEN;
  }

  /** Whether this capability was agreed in `connect`. */
  has(capability: Capability): boolean {
    return this.#capabilities.has(capability);
  }

  /** Answers `connect`, in a frame of its own: what comes after it is as agreed, what came before is not. */
  agree(capabilities: readonly Capability[], answer: Connected): void {
    this.#batches.flush();
    this.#capabilities = new Set(capabilities);
    this.#write(Outgoing.of(this.format.encode(answer), this.format));
  }

  send(event: ServerEvent): void {
    this.#enqueue(Outgoing.of(this.format.encode(event), this.format));
  }

  /** Sends what other clients are sent, too. */
  deliver(message: SharedMessage): void {
    this.#enqueue(message.in(this.format, this.has('resume')));
  }

  /** Whether so much waits for the client that who can wait should. */
  get isCongested(): boolean {
    return this.socket.bufferedAmount > CONGESTED_BYTES;
  }

  /** Settles when everything sent so far is on its way, which takes as long as the client takes to read, or is lost. */
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
    this.socket.close(CLOSE_CODES.unauthenticated, reason);
  }

  /** The client has as many sockets as one may have. */
  closeTooMany(): void {
    this.socket.close(CLOSE_CODES.tooManySockets, retryAfterReason(TRY_AGAIN_AFTER_MS));
  }

  closeFailed(): void {
    this.socket.close(CLOSE_CODES.failed, 'the server failed');
  }

  #enqueue(message: Outgoing): void {
    if (this.has('batch')) {
      this.#batches.add(message);
    } else {
      this.#write(message);
    }
  }

  /** The server does not keep what a client does not take: it closes it instead. */
  #write(messages: Outgoing): void {
    if (!this.isOpen) {
      return;
    }
    if (this.socket.bufferedAmount > MAX_BUFFERED_BYTES) {
      this.closeTooSlow();
      return;
    }
    this.#framesUnderWay += 1;
    const frame = messages.frame(this.#canCompress);
    this.metrics.messagesSent(messages.count, frame.length);
    this.wire.write(frame, this.#frameGone);
  }

  readonly #frameGone = (): void => {
    this.#framesUnderWay -= 1;
    if (this.#framesUnderWay === 0) {
      this.#onDrained?.();
      this.#onDrained = undefined;
    }
  };
}
