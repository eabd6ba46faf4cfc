import { Observable, type OperatorFunction } from 'rxjs';

/**
 * Does one step for each value, in order. As long as steps finish at once, so does each value, without
 * further cost; while one takes time, the values behind it wait.
 *
 * @param step hands what comes of the value to `emit`; returns a promise where it takes time. Must not throw
 *   or reject.
 */
export function inTurn<In, Out>(
  step: (value: In, emit: (value: Out) => void) => Promise<void> | undefined,
): OperatorFunction<In, Out> {
  return (source) =>
    new Observable((subscriber) => {
      const emit = (value: Out): void => subscriber.next(value);
      /** What waits for a step that takes time; null while there is none. */
      let waiting: In[] | null = null;
      let completed = false;

      const workOff = async (begun: Promise<void>): Promise<void> => {
        await begun;
        while (waiting && waiting.length > 0) {
          const values: In[] = waiting;
          waiting = [];
          for (const value of values) {
            if (subscriber.closed) {
              return;
            }
            await step(value, emit);
          }
        }
        waiting = null;
        if (completed) {
          subscriber.complete();
        }
      };

      return source.subscribe({
        next: (value) => {
          if (waiting) {
            waiting.push(value);
            return;
          }
          const begun = step(value, emit);
          if (begun) {
            waiting = [];
            void workOff(begun);
          }
        },
        error: (error: unknown) => subscriber.error(error),
        complete: () => {
          completed = true;
          if (!waiting) {
            subscriber.complete();
          }
        },
      });
    });
}
