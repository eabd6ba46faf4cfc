import { inject } from '@angular/core';
import type { RealtimeExtension } from '../extensions/realtime-extension';
import { REALTIME_SCHEDULER } from '../time/realtime-scheduler';
import { Heartbeat } from './heartbeat';

/** How the connection is kept alive and a dead one noticed. */
export interface HeartbeatOptions {
  /** Milliseconds between two pings. @default 30_000 */
  readonly interval?: number;
  /** Milliseconds after `interval` within which something must be heard. @default 10_000 */
  readonly timeout?: number;
}

/**
 * Sends `{event: 'ping'}` at an interval and takes the link as dead when nothing is heard for `interval +
 * timeout`.
 *
 * ```ts
 * provideRealtime({ url }, withRetry(), withHeartbeat({ interval: 15_000 }))
 * ```
 *
 * @throws RangeError in development builds when an option is not a positive number.
 */
export function withHeartbeat(options: HeartbeatOptions = {}): RealtimeExtension {
  const { interval = 30_000, timeout = 10_000 } = options;
  if (ngDevMode && !(interval > 0 && timeout > 0)) {
    throw new RangeError('withHeartbeat: interval and timeout must be positive numbers of milliseconds.');
  }
  return {
    id: 'heartbeat',
    hooks: () => new Heartbeat({ interval, timeout }, inject(REALTIME_SCHEDULER)),
  };
}
