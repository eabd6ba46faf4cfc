import { setTimeout } from 'node:timers/promises';

/** How frames are sent. */
export interface Pace {
  /** Milliseconds between two frames. */
  readonly interval: number;
  /** Whether the receiver has taken enough of what was sent to be sent more. */
  readonly mayGoOn: () => boolean;
  /** Milliseconds after which what was not sent stays unsent. */
  readonly atMost: number;
}

/** Shortest wait between two looks at the clock, in milliseconds. */
const TICK = 1;

/**
 * Sends each frame when it is due, late ones at once, and none before the receiver takes it.
 *
 * @returns how many frames were sent
 */
export async function sendAtPace(
  frames: readonly string[],
  send: (frame: string, index: number) => void,
  { interval, mayGoOn, atMost }: Pace,
): Promise<number> {
  const began = performance.now();
  let sent = 0;
  for (let elapsed = 0; sent < frames.length && elapsed < atMost; elapsed = performance.now() - began) {
    for (const frame of frames.slice(sent, Math.floor(elapsed / interval) + 1)) {
      if (!mayGoOn()) {
        break;
      }
      send(frame, sent);
      sent += 1;
    }
    await setTimeout(TICK);
  }
  return sent;
}
