import { animationFrame, type FrameScheduler } from './per-frame';

/**
 * A callback and what follows from it may take so long (ms) without a rest after it: a frame has room for
 * that.
 */
const ROOM = 4;

/** How long to rest for each millisecond that a callback and what follows from it took. */
const REST_PER_COST = 8;

/** Nothing rests longer than this (ms), so that what is shown is never older than people notice. */
const LONGEST_REST = 100;

/**
 * Makes a scheduler of animation frames that rests after an expensive one, up to 100 ms and in proportion to
 * what it cost: the writes into the stores, and the change detection that follows. What arrives meanwhile
 * waits for one frame instead of several. As long as frames are cheap, none is left out.
 *
 * ```ts
 * providers: [{ provide: REALTIME_FRAMES, useFactory: pacedFrames }]
 * ```
 */
export function pacedFrames(): FrameScheduler {
  let restsUntil = 0;
  const run = (callback: () => void): void => {
    const began = performance.now();
    callback();
    // Behind the change detection that the callback led to, which waits for a timer as well.
    setTimeout(() => {
      const now = performance.now();
      const cost = now - began;
      if (cost > ROOM) {
        restsUntil = now + Math.min(cost * REST_PER_COST, LONGEST_REST);
      }
    });
  };
  return (callback) => {
    let undo: () => void;
    const wait = (): void => {
      undo = animationFrame(() => {
        undo();
        if (performance.now() < restsUntil) {
          wait();
        } else {
          run(callback);
        }
      });
    };
    wait();
    return () => undo();
  };
}
