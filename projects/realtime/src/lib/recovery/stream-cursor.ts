import { InjectionToken } from '@angular/core';
import type { Observable } from 'rxjs';
import type { RealtimeMessage } from '../realtime-message';
import type { StreamPosition, StreamTurn } from './stream-position';

/**
 * How far this client has followed the server's stream, for whoever brings it messages that did not come over
 * a link of its own.
 */
export interface StreamCursor {
  readonly position: StreamPosition | null;
  /** How the stream goes on with each link of this client's own, as soon as that is known. */
  readonly settled: Observable<StreamTurn>;
  /** Moves the position to `message`. @returns whether the message had not been received before */
  advance(message: RealtimeMessage): boolean;
  /** The stream goes on so: reports a gap when messages before that may be missing here. */
  goOn(turn: StreamTurn): void;
}

/** Provided by `withRecovery()`. */
export const STREAM_CURSOR = new InjectionToken<StreamCursor>(
  ngDevMode ? '@creative-autogpt/realtime stream cursor' : '',
);
