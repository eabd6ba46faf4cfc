import { InjectionToken } from '@angular/core';
import { animationFrame, type FrameScheduler } from './per-frame';

/**
 * When messages that wait for a frame are emitted. `provideRealtimeTesting()` replaces the browser's frames by virtual
 * ones.
 */
export const REALTIME_FRAMES = new InjectionToken<FrameScheduler>(
  ngDevMode ? '@creative-autogpt/realtime frames' : '',
  {
    providedIn: 'root',
    factory: () => animationFrame,
  },
);
