import { InjectionToken } from '@angular/core';
import type { RealtimeError } from '../realtime-error';
import type { CloseAction } from './close-policy';

/** What the end of a connection, or of an attempt at one, leads to. */
export interface Ending {
  /** `retry-at-once` waits for nothing, counts no failed attempt, and needs no `withRetry()`. */
  readonly action: CloseAction | 'retry-at-once';
  /** Why it ended, for the state and the error stream. */
  readonly error: RealtimeError;
}

/** A say in what an end leads to, before the close policy. */
export interface EndingRule {
  /**
   * Called once for each end.
   *
   * @returns null to leave the judgement to the others; an error to leave it to them with what the rule knows beyond it
   */
  judge(error: RealtimeError): Ending | RealtimeError | null;
}

/** The rules that are asked, first to last, until one judges. */
export const ENDING_RULES = new InjectionToken<readonly EndingRule[]>(
  ngDevMode ? '@creative-autogpt/realtime ending rules' : '',
);
