import { ErrorHandler, inject, untracked } from '@angular/core';

/**
 * Runs what an application gave. What it throws, or the promise it returns is rejected with, goes to Angular's
 * `ErrorHandler`, and ends nothing.
 */
export type Guard = (run: () => unknown) => void;

/** The guard of the calling injection context. Signals read by what it runs are not tracked. */
export function injectGuard(): Guard {
  const errors = inject(ErrorHandler);
  return (run) => {
    const failed = (error: unknown): void => errors.handleError(error);
    try {
      const result = untracked(run);
      if (typeof result === 'object' && result !== null && 'then' in result) {
        Promise.resolve(result).catch(failed);
      }
    } catch (error) {
      failed(error);
    }
  };
}
