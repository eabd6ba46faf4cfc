import { InjectionToken } from '@angular/core';

/** When a lost connection is tried again. Without one, it is not. */
export interface ReconnectPolicy {
  /** Attempts in a row that may fail before the client gives up. */
  readonly maxAttempts: number;
  /** Milliseconds a connection must last before failed attempts are forgotten. */
  readonly stableAfter: number;
  /** Milliseconds to wait before attempt `attempt`, which counts from 1. */
  delay(attempt: number): number;
  /** Milliseconds to wait before each attempt in the background, after the client gave up; null to attempt nothing. */
  readonly delayInBackground: (() => number) | null;
}

export const RECONNECT_POLICY = new InjectionToken<ReconnectPolicy>(
  ngDevMode ? '@creative-autogpt/realtime reconnect policy' : '',
);
