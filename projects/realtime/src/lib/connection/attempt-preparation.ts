import { InjectionToken } from '@angular/core';
import type { Observable } from 'rxjs';

/** Something to be done before each attempt to open a socket. */
export interface AttemptPreparation {
  /**
   * Begins when subscribed and completes when the attempt may go on. An error fails the attempt, which is then tried
   * again. How long it may take is its own affair.
   */
  prepare(): Observable<never>;
}

/** What is done before each attempt, one after the other. */
export const ATTEMPT_PREPARATIONS = new InjectionToken<readonly AttemptPreparation[]>(
  ngDevMode ? '@creative-autogpt/realtime attempt preparations' : '',
);
