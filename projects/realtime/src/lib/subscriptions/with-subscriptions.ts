import { HANDSHAKE_PARTS } from '../connection/handshake-part';
import { LINK_COMPANIONS } from '../connection/realtime-link';
import { COMMANDS } from '../outbox/outbox-sender';
import { makeFeature, type RealtimeFeature } from '../realtime-feature';
import { KeptTopics } from './kept-topics';
import { LinkTopics } from './link-topics';
import { OwnTopics } from './own-topics';
import { RealtimeSubscriptions } from './realtime-subscriptions';
import { SUBSCRIPTION_OPTIONS, type SubscriptionOptions } from './subscription-options';
import { TAB_TOPICS } from './tab-topics';

/**
 * Keeps the subscriptions that pages ask for with {@link RealtimeSubscriptions}: said once for all tabs that share the
 * connection, again on every new connection, by the next tab that has the socket, and taken back when the last page leaves.
 *
 * ```ts
 * provideRealtime(
 *   { url },
 *   withRetry(),
 *   withSubscriptions({
 *     subscribe: (topic) => ({ event: 'subscribe', ...topic }),
 *     unsubscribe: (topic) => ({ event: 'unsubscribe', ...topic }),
 *   }),
 * )
 * ```
 */
export function withSubscriptions(options: SubscriptionOptions): RealtimeFeature<'subscriptions'> {
  return makeFeature(
    'subscriptions',
    [
      { provide: SUBSCRIPTION_OPTIONS, useValue: options },
      OwnTopics,
      KeptTopics,
      LinkTopics,
      RealtimeSubscriptions,
      { provide: TAB_TOPICS, useExisting: KeptTopics },
      { provide: HANDSHAKE_PARTS, multi: true, useValue: COMMANDS },
      { provide: LINK_COMPANIONS, multi: true, useExisting: LinkTopics },
    ],
    [RealtimeSubscriptions],
  );
}
