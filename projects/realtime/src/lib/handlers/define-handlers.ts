import { assertInInjectionContext, DestroyRef, inject, type ProviderToken } from '@angular/core';
import { injectRealtime, type RealtimeClient } from '../clients/realtime-client';
import { Connection } from '../connection/connection';
import type { EventDefinition } from '../events/event-definition';
import { type EventHandler, HandlerRegistry } from '../events/handler-registry';

/** The event that each named handler is for. */
export type HandlerEvents = Readonly<Record<string, EventDefinition<unknown>>>;

/** One optional handler for each named event, and what every such set of handlers offers. */
export type RealtimeHandlers<Events extends HandlerEvents> = {
  readonly [Name in keyof Events]?: Events[Name] extends EventDefinition<infer Message>
    ? EventHandler<Message>
    : never;
} & {
  /** Called with every readable message of every event. */
  readonly onMessage?: EventHandler;
  /** Whether to connect if nobody has called `connect()` or `disconnect()` yet. @default true */
  readonly autoConnect?: boolean;
};

/**
 * Makes an inject function that takes one handler for each of the events named here. Call it in an injection
 * context, such as a component's constructor; the handlers are unsubscribed when that context is destroyed.
 *
 * ```ts
 * export const injectRealtimeHandlers = defineHandlers({ onTaskUpdate: taskUpdate, onError: errorEvent });
 *
 * export class Tasks {
 *   constructor() {
 *     injectRealtimeHandlers({ onTaskUpdate: ({ data }) => console.log(data.task_id, data.status) });
 *   }
 * }
 * ```
 *
 * @param client the named client whose events they are; without it, the one of `provideRealtime()`
 */
export function defineHandlers<const Events extends HandlerEvents>(
  events: Events,
  client?: RealtimeClient,
): (handlers: RealtimeHandlers<Events>) => void {
  return function injectHandlers(handlers) {
    assertInInjectionContext(injectHandlers);
    const get = <T>(token: ProviderToken<T>): T => (client ? injectRealtime(client, token) : inject(token));
    const registry = get(HandlerRegistry);
    const destroyRef = inject(DestroyRef);
    for (const [name, event] of Object.entries(events)) {
      // The mapped type pairs each handler with its event; a loop over the names cannot say so.
      const handler = handlers[name] as EventHandler<unknown> | undefined;
      // Every object has a `toString` or `constructor`, which is no handler.
      if (handler && handler !== Reflect.get(Object.prototype, name)) {
        destroyRef.onDestroy(registry.subscribe(event, handler));
      }
    }
    if (handlers.onMessage) {
      destroyRef.onDestroy(registry.subscribeAll(handlers.onMessage));
    }
    if (handlers.autoConnect ?? true) {
      get(Connection).connectUnlessAsked();
    }
  };
}
