import { InjectionToken } from '@angular/core';
import type { MonoTypeOperatorFunction } from 'rxjs';
import type { RealtimeMessage } from '../realtime-message';

/**
 * Where a stage stands on the way of the messages, whatever the order in which features are given; lower comes first.
 * Stages below `order` are part of reading: companions of the link see the messages that come out of them.
 */
export const STAGE_PHASE = {
  /** Takes batches apart. */
  unpack: 0,
  /** Undoes the compression of single messages. */
  inflate: 1,
  /** Takes apart batches that were compressed as a whole. */
  unpackInflated: 2,
  /** Holds messages back, orders them, drops those that came before. */
  order: 3,
} as const;

/**
 * A step on the way from the socket to the subscribers: it may hold back, replace, drop or reorder messages. `through`
 * is called once for every connection.
 */
export interface LinkStage {
  /** One of {@link STAGE_PHASE}. */
  readonly phase: number;
  readonly through: MonoTypeOperatorFunction<RealtimeMessage>;
}

/** The stages that every message passes, by phase. */
export const LINK_STAGES = new InjectionToken<readonly LinkStage[]>(
  ngDevMode ? '@creative-autogpt/realtime link stages' : '',
);
