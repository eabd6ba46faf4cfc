import { inject, provideEnvironmentInitializer } from '@angular/core';
import type { RealtimeExtension } from '../extensions/realtime-extension';
import { REALTIME_SCHEDULER } from '../time/realtime-scheduler';
import { linkProbe } from './link-probe';
import { PageEvents } from './page-events';
import { followPage } from './page-lifecycle';

/** How the connection follows the page. */
export interface PageLifecycleOptions {
  /** Milliseconds within which an open link must give a sign of life after the page woke. @default 5_000 */
  readonly probeTimeout?: number;
}

/**
 * Tries a lost connection at once when the network returns, the tab becomes visible or is no longer frozen,
 * even after the client has given up, though not after the server has refused it; checks an open one at these
 * moments; and closes it while the page is in the back/forward cache, which would otherwise not take the
 * page. An explicit `disconnect()` is never undone.
 *
 * ```ts
 * provideRealtime({ url }, withRetry(), withPageLifecycle())
 * ```
 *
 * @throws RangeError in development builds when `probeTimeout` is not a positive number.
 */
export function withPageLifecycle(options: PageLifecycleOptions = {}): RealtimeExtension {
  const { probeTimeout = 5_000 } = options;
  if (ngDevMode && !(probeTimeout > 0)) {
    throw new RangeError('withPageLifecycle: probeTimeout must be a positive number of milliseconds.');
  }
  return {
    id: 'page-lifecycle',
    providers: [PageEvents, provideEnvironmentInitializer(followPage)],
    hooks: () => linkProbe(probeTimeout, inject(REALTIME_SCHEDULER)),
  };
}
