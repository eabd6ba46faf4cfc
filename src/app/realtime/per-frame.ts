import { InjectionToken } from '@angular/core';
import { Observable, type OperatorFunction } from 'rxjs';

/** Calls `callback` once, soon; the returned function takes that back. */
export type FrameScheduler = (callback: () => void) => () => void;

/** Longest wait for a frame, in milliseconds: a hidden page draws none, yet its state must not fall behind. */
const LONGEST_WAIT = 250;

/** When the next frame is drawn; in a page that is hidden, after a moment. */
export const NEXT_FRAME = new InjectionToken<FrameScheduler>('next animation frame', {
  providedIn: 'root',
  factory: () => (callback) => {
    const cancel = (): void => {
      cancelAnimationFrame(frame);
      clearTimeout(timeout);
    };
    const run = (): void => {
      cancel();
      callback();
    };
    const frame = requestAnimationFrame(run);
    const timeout = setTimeout(run, LONGEST_WAIT);
    return cancel;
  },
});

/** Gathers what arrives until the next animation frame and emits it as one list, in order. */
export function perFrame<T>(nextFrame: FrameScheduler): OperatorFunction<T, readonly T[]> {
  return (source) =>
    new Observable((subscriber) => {
      let gathered: T[] = [];
      let cancelFrame: (() => void) | null = null;
      const flush = (): void => {
        const list = gathered;
        gathered = [];
        cancelFrame = null;
        subscriber.next(list);
      };
      subscriber.add(() => cancelFrame?.());
      return source.subscribe({
        next: (value) => {
          gathered.push(value);
          cancelFrame ??= nextFrame(flush);
        },
        error: (error: unknown) => subscriber.error(error),
        complete: () => {
          if (cancelFrame) {
            cancelFrame();
            flush();
          }
          subscriber.complete();
        },
      });
    });
}
