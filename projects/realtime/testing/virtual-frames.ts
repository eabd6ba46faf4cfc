import { inject } from '@angular/core';
import type { FrameScheduler } from '@creative-autogpt/realtime';
import { VirtualTime } from './virtual-time';

/** Milliseconds from one animation frame to the next. */
export const FRAME = 16;

/** Animation frames that are drawn as virtual time advances. */
export function virtualFrames(): FrameScheduler {
  const time = inject(VirtualTime);
  return (callback) => {
    const frame = time.schedule(callback, FRAME);
    return () => frame.unsubscribe();
  };
}
