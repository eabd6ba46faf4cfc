import { InjectionToken } from '@angular/core';
import { animationFrame, type FrameScheduler } from '@creative-autogpt/realtime';

/** When stores write what has arrived: with the next frame; in a page that is hidden, after a moment. */
export const NEXT_FRAME = new InjectionToken<FrameScheduler>('next animation frame', {
  providedIn: 'root',
  factory: () => animationFrame,
});
