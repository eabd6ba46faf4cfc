import { InjectionToken } from '@angular/core';
import type { Observable } from 'rxjs';
import type { RealtimeMessage } from '../realtime-message';
import type { StreamPosition } from './stream-position';

/**
 * How far this client has followed the server's stream, for whoever brings it messages that did not come over a link
 * of its own.
 */
export interface StreamCursor {
  readonly position: StreamPosition | null;
  /** Where each link of this client's own goes on, as soon as that is known; null from a server without positions. */
  readonly settled: Observable<StreamPosition | null>;
  /** Whether `message` has not been received yet; moves the position to it. */
  isNew(message: RealtimeMessage): boolean;
  /** The stream goes on at `position`: reports a gap when messages before it may be missing here. */
  goOnAt(position: StreamPosition | null): void;
}

/** Provided by `withRecovery()`. */
export const STREAM_CURSOR = new InjectionToken<StreamCursor>(
  ngDevMode ? '@creative-autogpt/realtime stream cursor' : '',
);
