import { InjectionToken } from '@angular/core';
import type { Observable } from 'rxjs';
import type { StreamPosition } from './stream-position';

/**
 * Why events are missing for good:
 *
 * - `epoch-changed`: the server's history is another one now.
 * - `history-trimmed`: the server no longer has everything since the position.
 * - `not-supported`: the server does not resume; whatever happened while disconnected is missing.
 */
export type GapReason = 'epoch-changed' | 'history-trimmed' | 'not-supported';

/**
 * Events between two positions that will never arrive. State that is built from events must be loaded anew.
 */
export interface RecoveryGap {
  readonly reason: GapReason;
  /** The last position before the gap; null when the server never gave one. */
  readonly from: StreamPosition | null;
  /** The position at which events go on; null when the server gives none. */
  readonly to: StreamPosition | null;
}

/** Why nothing between the two positions can arrive any more. */
export function reasonOfGap(from: StreamPosition | null, to: StreamPosition | null): GapReason {
  if (from === null || to === null) {
    return 'not-supported';
  }
  return from.epoch === to.epoch ? 'history-trimmed' : 'epoch-changed';
}

/**
 * `RealtimeRecovery.gaps`, for code that works with and without `withRecovery()`: injected optionally, it
 * does not bring recovery into the bundle.
 */
export const REALTIME_GAPS = new InjectionToken<Observable<RecoveryGap>>(
  ngDevMode ? '@creative-autogpt/realtime gaps' : '',
);
