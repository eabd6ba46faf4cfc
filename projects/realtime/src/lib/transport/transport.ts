import type { Observable } from 'rxjs';

/** What one WebSocket frame carries when it arrives. */
export type TransportFrame = string | ArrayBuffer;

/** What one WebSocket frame may be given to carry. */
export type OutgoingFrame = string | Uint8Array<ArrayBuffer>;

/** What to open. */
export interface TransportRequest {
  readonly url: string;
  readonly protocols: readonly string[];
}

/** One open socket. */
export interface TransportSocket {
  /** The subprotocol that the server agreed to; empty when it agreed to none. */
  readonly protocol: string;
  /** Frames as they arrive. Hot: subscribe in the same turn in which the socket is emitted. Never errors. */
  readonly frames: Observable<TransportFrame>;
  /** Hands a frame to the socket; false when the socket is no longer open. */
  send(frame: OutgoingFrame): boolean;
}

/** The boundary to the network: everything above it is testable without a socket. */
export interface Transport {
  /**
   * Opens one socket per subscription and emits it once it is open. Errors with a `RealtimeError` when it
   * cannot open or when it closes for any reason, never completes, and closes the socket with 1000 when
   * unsubscribed.
   */
  open(request: TransportRequest): Observable<TransportSocket>;
}
