import { TestBed } from '@angular/core/testing';
import type { RealtimeExtension } from '../lib/extensions/realtime-extension';
import type { RealtimeMessage } from '../lib/realtime-message';
import { withRetry } from '../lib/retry/with-retry';
import { RealtimeSubscriptions } from '../lib/subscriptions/realtime-subscriptions';
import type { SubscriptionOptions } from '../lib/subscriptions/subscription-options';
import type { Topic } from '../lib/subscriptions/topic';
import { withSubscriptions } from '../lib/subscriptions/with-subscriptions';
import { tick } from './client';
import { lastSocket } from './fake-web-socket';

/** How a client of rooms subscribes. */
export const ROOMS: SubscriptionOptions = {
  subscribe: (topic) => ({ event: 'subscribe', ...topic }),
  unsubscribe: (topic) => ({ event: 'unsubscribe', ...topic }),
};

export function roomFeatures(options: Partial<SubscriptionOptions> = {}): readonly RealtimeExtension[] {
  return [withRetry({ jitter: 0 }), withSubscriptions({ ...ROOMS, ...options })];
}

/** @param outcomes where the end of the subscription is written to */
export function keep(topic: Topic, outcomes: unknown[] = []) {
  return TestBed.inject(RealtimeSubscriptions)
    .to(topic)
    .subscribe({
      error: (error: unknown) => outcomes.push(error),
      complete: () => outcomes.push('complete'),
    });
}

/** What was said on the last link after the handshake, such as `subscribe a`. */
export function said(): readonly string[] {
  return lastSocket()
    .sentMessages.filter(({ event }) => event !== 'connect')
    .map(({ event, room }) =>
      typeof room === 'string' || typeof room === 'number' ? `${event} ${room}` : event,
    );
}

/** The first message that subscribed to a room on the last link. */
export function subscriptionTo(room: string): RealtimeMessage | undefined {
  return lastSocket().sentMessages.find(
    (message) => message.event === 'subscribe' && message['room'] === room,
  );
}

/** Ends the turn of the event loop. */
export function endTurn(): void {
  tick(0);
}

/** The connection is lost, and comes back. */
export function reconnect(): void {
  lastSocket().drop();
  tick(1_000);
  lastSocket().accept();
}
