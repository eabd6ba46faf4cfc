import { InjectionToken } from '@angular/core';
import { asyncScheduler, type SchedulerLike } from 'rxjs';

/**
 * The client's clock and timers: everything in it that waits, waits here, and everything that reads the time reads
 * `now()`, in milliseconds since the epoch. `provideRealtimeTesting()` replaces it by virtual time.
 */
export const REALTIME_SCHEDULER = new InjectionToken<SchedulerLike>(
  ngDevMode ? '@creative-autogpt/realtime scheduler' : '',
  {
    providedIn: 'root',
    factory: () => asyncScheduler,
  },
);
