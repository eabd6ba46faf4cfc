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

/** Milliseconds for which the server remembers the id of a command, and so for which a request may wait. */
const REMEMBERED = 86_400_000;

/**
 * The connection to the server of `RUNTIME_CONFIG`: five attempts to reconnect, then one about every 30 s in
 * the background, and a ping every 30 s. After an interruption missed events are replayed, subscriptions are
 * said again, and the outbox sends the decisions that waited. The token of the person goes with the
 * handshake.
 *
 * A topic is the content of `subscribe`: `{ session_id }` for one session and its text, `{}` for the updates
 * of all.
 *
 * @param further extensions that only some applications have, such as {@link withTabs}
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
 * One connection for all tabs of one owner. Tabs of different owners share nothing: a connection carries the
 * messages of its owner alone, in both directions.
 */
export function withTabs(): RealtimeExtension {
  return withSharedConnection({ name: tabsOfOwner });
}

/** A name that all tabs of one owner have in common, and no other tab has. Called in an injection context. */
export function tabsOfOwner(): string {
  return `${inject(RUNTIME_CONFIG).websocketUrl} ${inject(KeptToken).owner() ?? ''}`;
}
