import { InjectionToken } from '@angular/core';
import type { Observable } from 'rxjs';

/** What one WebSocket frame carries. */
export type TransportFrame = string | ArrayBuffer;

/** What to open. */
export interface TransportRequest {
  readonly url: string;
  readonly protocols: readonly string[];
}

/** One open socket. */
export interface TransportSocket {
  /** Frames as they arrive. Hot: subscribe in the same turn in which the socket is emitted. Never errors. */
  readonly frames: Observable<TransportFrame>;
  /** Hands a frame to the socket; false when the socket is no longer open. */
  send(frame: TransportFrame): boolean;
}

/** The boundary to the network: everything above it is testable without a socket. */
export interface Transport {
  /**
   * Opens one socket per subscription and emits it once it is open. Errors with a `RealtimeError` when it cannot open
   * or when it closes for any reason, never completes, and closes the socket with 1000 when unsubscribed.
   */
  open(request: TransportRequest): Observable<TransportSocket>;
}

export const TRANSPORT = new InjectionToken<Transport>('@creative-autogpt/realtime transport');
