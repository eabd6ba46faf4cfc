import type { EnvironmentProviders } from '@angular/core';
import { inject } from '@angular/core';
import type { Capability } from '@creative-autogpt/protocol';
import {
  provideRealtime,
  type RealtimeExtension,
  withAuth,
  withBatches,
  withHeartbeat,
  withOutbox,
  withPageLifecycle,
  withQuarantine,
  withRecovery,
  withRetry,
  withSharedConnection,
  withStats,
  withSubscriptions,
} from '@creative-autogpt/realtime';
import { RUNTIME_CONFIG } from '../../platform/config/runtime-config';
import { KeptToken } from '../../platform/sign-in/kept-token';

const CAPABILITIES: readonly Capability[] = ['streaming'];

/** How long the server remembers what it was asked for under an id, in milliseconds: as long may a request wait. */
const REMEMBERED = 86_400_000;

/**
 * The connection to the server that `RUNTIME_CONFIG` names: five attempts to reconnect, then one about every
 * 30 s in the background; a ping every 30 s; what was missed meanwhile is replayed, what pages subscribed to is subscribed
 * to again, and a server that wants to know it is told who connects. What people decide meanwhile waits in the outbox. A
 * topic is what `subscribe` names: `{ session_id }` for one session and its text, `{}` for the updates of all.
 *
 * @param further features that only some applications have, such as {@link withTabs}
 */
export function provideAppRealtime(...further: readonly RealtimeExtension[]): EnvironmentProviders {
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
    withOutbox({ requestTimeout: REMEMBERED, abandonOnEnd: false }),
    withStats(),
    withQuarantine(),
    ...further,
  );
}

/**
 * One connection for all tabs of a person. Tabs in which different people have signed in share nothing: all that arrives on a
 * connection is for its owner, and all that is sent on it is sent in the name of the owner.
 */
export function withTabs(): RealtimeExtension {
  return withSharedConnection({ name: tabsOfOwner });
}

/** What the tabs of one person have in common, and those of others do not. Called in an injection context. */
export function tabsOfOwner(): string {
  return `${inject(RUNTIME_CONFIG).websocketUrl} ${inject(KeptToken).owner() ?? ''}`;
}
