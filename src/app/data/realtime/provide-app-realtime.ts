import type { EnvironmentProviders } from '@angular/core';
import { inject } from '@angular/core';
import type { Capability } from '@creative-autogpt/protocol';
import {
  provideRealtime,
  withAuth,
  withBatches,
  withHeartbeat,
  withPageLifecycle,
  withRecovery,
  withRetry,
  withSubscriptions,
} from '@creative-autogpt/realtime';
import { RUNTIME_CONFIG } from '../../platform/config/runtime-config';
import { KeptToken } from '../../platform/sign-in/kept-token';

const CAPABILITIES: readonly Capability[] = ['streaming'];

/**
 * The connection to the server that `RUNTIME_CONFIG` names: five attempts to reconnect, then one about every
 * 30 s in the background; a ping every 30 s; what was missed meanwhile is replayed, what pages subscribed to is subscribed
 * to again, and a server that wants to know it is told who connects. A topic is what `subscribe` names: `{ session_id }` for one
 * session and its text, `{}` for the updates of all.
 */
export function provideAppRealtime(): EnvironmentProviders {
  return provideRealtime(
    () => ({ url: inject(RUNTIME_CONFIG).websocketUrl, capabilities: CAPABILITIES }),
    withRetry({ maxAttempts: 5, keepTryingEvery: 30_000 }),
    withHeartbeat({ interval: 30_000 }),
    withPageLifecycle(),
    withRecovery(),
    withBatches(),
    withSubscriptions({
      subscribe: (topic) => ({ event: 'subscribe', ...topic }),
      unsubscribe: (topic) => ({ event: 'unsubscribe', ...topic }),
    }),
    withAuth({ token: (reason) => inject(KeptToken).forSocket(reason) }),
  );
}
