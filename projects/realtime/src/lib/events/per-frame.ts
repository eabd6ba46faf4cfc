import { InjectionToken } from '@angular/core';
import { Observable, type OperatorFunction } from 'rxjs';

/** Calls `callback` once, soon or at once; the function it returns takes that back. */
export type FrameScheduler = (callback: () => void) => () => void;

/** How messages wait for the next animation frame. */
export interface PerFrameOptions<Message> {
  /** Messages with the same key replace each other while they wait: only the newest is emitted. */
  readonly conflate?: (message: Message) => unknown;
  /** How many may wait; when there are more, all are emitted at once and none is lost. @default 10_000 */
  readonly limit?: number;
  /** Called for each message that a newer one replaced. */
  readonly conflated?: () => void;
  /** When to emit. @default {@link animationFrame} */
  readonly nextFrame?: FrameScheduler;
}

const DEFAULT_LIMIT = 10_000;

/** A hidden tab has no frames: nothing waits longer than this (ms). */
const LONGEST_WAIT = 250;

/**
 * Collects what arrives and emits it once per animation frame, in order of first arrival, so that a burst
 * costs one round of change detection a frame. What waits is emitted before the end of the source.
 *
 * ```ts
 * realtime.on(taskUpdate).pipe(perFrame({ conflate: ({ data }) => data.task_id }))
 * ```
 */
export function perFrame<Message>({
  conflate,
  limit = DEFAULT_LIMIT,
  conflated,
  nextFrame = animationFrame,
}: PerFrameOptions<Message> = {}): OperatorFunction<Message, readonly Message[]> {
  return (source) =>
    new Observable((subscriber) => {
      const waiting = new Map<unknown, Message>();
      let arrivals = 0;
      let cancel: (() => void) | null = null;
      const flush = (): void => {
        cancel?.();
        cancel = null;
        const messages = [...waiting.values()];
        waiting.clear();
        if (messages.length > 0) {
          subscriber.next(messages);
        }
      };
      const subscription = source.subscribe({
        next: (message) => {
          const key = conflate ? conflate(message) : (arrivals += 1);
          if (conflate && waiting.has(key)) {
            conflated?.();
          }
          waiting.set(key, message);
          if (waiting.size >= limit) {
            flush();
          } else if (cancel === null) {
            const undo = nextFrame(flush);
            // A scheduler may call back at once: then nothing waits any more.
            cancel = waiting.size > 0 ? undo : null;
          }
        },
        error: (error: unknown) => {
          flush();
          subscriber.error(error);
        },
        complete: () => {
          flush();
          subscriber.complete();
        },
      });
      return () => {
        cancel?.();
        subscription.unsubscribe();
      };
    });
}

/** The next animation frame; in a tab that is hidden and has none, after a moment. */
export const animationFrame: FrameScheduler = (callback) => {
  const frame = requestAnimationFrame(callback);
  const timer = setTimeout(callback, LONGEST_WAIT);
  return () => {
    cancelAnimationFrame(frame);
    clearTimeout(timer);
  };
};

/**
 * When messages that wait for a frame are emitted. `provideRealtimeTesting()` replaces the browser's frames
 * by virtual ones.
 */
export const REALTIME_FRAMES = new InjectionToken<FrameScheduler>(
  ngDevMode ? '@creative-autogpt/realtime frames' : '',
  {
    providedIn: 'root',
    factory: () => animationFrame,
  },
);
