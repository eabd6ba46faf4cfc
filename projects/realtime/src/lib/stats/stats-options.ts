import { InjectionToken } from '@angular/core';
import type { StatsSnapshot } from './stats-snapshot';

/** What is measured, and where it goes. */
export interface StatsOptions {
  /**
   * Milliseconds between two pings that measure the round trip, where the server agreed to it. @default
   * 10_000
   */
  readonly pingInterval?: number;
  /** How many of the last round trips the percentiles are taken of. @default 128 */
  readonly window?: number;
  /**
   * Called at an interval, for a monitoring system; what it throws or rejects with is reported. @default none
   */
  readonly exporter?: (snapshot: StatsSnapshot) => void;
  /** Milliseconds between two calls of `exporter`. @default 60_000 */
  readonly exportInterval?: number;
}

export const STATS_OPTIONS = new InjectionToken<
  Required<Omit<StatsOptions, 'exporter'>> & Pick<StatsOptions, 'exporter'>
>(ngDevMode ? '@creative-autogpt/realtime statistics options' : '');
