import { InjectionToken } from '@angular/core';
import type { MonoTypeOperatorFunction } from 'rxjs';
import type { RealtimeMessage } from '../realtime-message';

/**
 * A step on the way from the socket to the subscribers: it may hold back, drop or reorder messages. `through` is
 * called once for every connection.
 */
export interface LinkStage {
  readonly through: MonoTypeOperatorFunction<RealtimeMessage>;
}

/** The stages that every message passes, first to last. */
export const LINK_STAGES = new InjectionToken<readonly LinkStage[]>('@creative-autogpt/realtime link stages');
