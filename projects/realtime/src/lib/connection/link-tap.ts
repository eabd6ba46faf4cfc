import { InjectionToken } from '@angular/core';
import type { Observable } from 'rxjs';
import type { RealtimeError } from '../realtime-error';
import type { RealtimeMessage } from '../realtime-message';
import type { OutgoingFrame, TransportFrame } from '../transport/transport';
import type { ConnectionState } from './connection-status';

/** Watches the frames of every connection. It runs for each of them and must be quick; it must not throw. */
export interface LinkTap {
  /** A frame was handed to the socket. `message` may carry secrets. */
  sent(frame: OutgoingFrame, message: RealtimeMessage): void;
  /** A frame arrived: one message, or the reason why it is none. */
  received(frame: TransportFrame, message: RealtimeMessage | RealtimeError): void;
}

/** What a feature that watches a client is given of it. */
export interface WatchedClient {
  /** The state of the connection, beginning with the present one. Completes with the client. */
  readonly states: Observable<ConnectionState>;
  /** What went wrong. Completes with the client. */
  readonly errors: Observable<RealtimeError>;
  /** What the clock of the device shows, in milliseconds since the epoch; virtual time where a test plays it. */
  readonly now: () => number;
}

/** What watches the frames of every connection. */
export const LINK_TAPS = new InjectionToken<readonly LinkTap[]>(
  ngDevMode ? '@creative-autogpt/realtime link taps' : '',
);
