import { inject } from '@angular/core';
import type { RealtimeExtension } from '../extensions/realtime-extension';
import { KeptTopics } from './kept-topics';
import { LinkTopics } from './link-topics';
import { OwnTopics } from './own-topics';
import { RealtimeSubscriptions } from './realtime-subscriptions';
import { SUBSCRIPTION_OPTIONS, type SubscriptionOptions } from './subscription-options';
import { TAB_TOPICS } from './tab-topics';

/**
 * Keeps the subscriptions that pages ask for with {@link RealtimeSubscriptions}. The server is told once for
 * all tabs that share the connection, and again on every new connection. A subscription is taken back when
 * the last page leaves.
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
export function withSubscriptions(options: SubscriptionOptions): RealtimeExtension {
  return {
    id: 'subscriptions',
    providers: [
      { provide: SUBSCRIPTION_OPTIONS, useValue: options },
      OwnTopics,
      KeptTopics,
      LinkTopics,
      RealtimeSubscriptions,
      { provide: TAB_TOPICS, useExisting: KeptTopics },
    ],
    offers: [RealtimeSubscriptions],
    hooks: () => inject(LinkTopics),
  };
}
