import { ErrorHandler, inject, untracked } from '@angular/core';

/** Runs what an application gave. What it throws goes to Angular's `ErrorHandler`, and ends nothing. */
export type Guard = (run: () => void) => void;

/** The guard of the calling injection context. Signals read by what it runs are not tracked. */
export function injectGuard(): Guard {
  const errors = inject(ErrorHandler);
  return (run) => {
    try {
      untracked(run);
    } catch (error) {
      errors.handleError(error);
    }
  };
}
