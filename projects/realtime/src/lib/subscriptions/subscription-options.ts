import { InjectionToken } from '@angular/core';
import type { RealtimeMessage } from '../realtime-message';
import type { Topic } from './topic';

/** How topics are said to the server. */
export interface SubscriptionOptions {
  /**
   * The message that subscribes to a topic. It may be sent again for the same topic, which must change
   * nothing at the server. An `id` is added unless the message has one or `handshake` is off: by the `id`,
   * the client recognises the server's answer.
   */
  readonly subscribe: (topic: Topic) => RealtimeMessage;
  /** The message that takes the subscription back; null where the server needs none. */
  readonly unsubscribe: (topic: Topic) => RealtimeMessage | null;
}

export const SUBSCRIPTION_OPTIONS = new InjectionToken<SubscriptionOptions>(
  ngDevMode ? '@creative-autogpt/realtime subscription options' : '',
);
