import { setTimeout as delay } from 'node:timers/promises';

/** Waits; ends early by rejecting with the signal's reason. */
export type Pause = (milliseconds: number, signal: AbortSignal) => Promise<void>;

/** Waits for real time to pass. With 0 ms it only lets other work go first. */
export const pause: Pause = async (milliseconds, signal) => {
  try {
    await delay(milliseconds, undefined, { signal });
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  }
};
