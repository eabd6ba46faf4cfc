import { InjectionToken } from '@angular/core';
import type { Observable } from 'rxjs';
import type { RecoveryGap } from './recovery-gap';

/**
 * `RealtimeRecovery.gaps`, for code that works with and without `withRecovery()`: injected optionally, it does not bring
 * recovery into the bundle.
 */
export const REALTIME_GAPS = new InjectionToken<Observable<RecoveryGap>>(
  ngDevMode ? '@creative-autogpt/realtime gaps' : '',
);
