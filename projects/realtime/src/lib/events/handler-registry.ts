import { inject, Injectable } from '@angular/core';
import { type Observable, Subject, takeUntil } from 'rxjs';
import { Connection, consume } from '../connection/connection';
import { callGuarded, ErrorReports } from '../connection/error-reports';
import { RealtimeError, textOf } from '../realtime-error';
import type { RealtimeMessage } from '../realtime-message';
import { CallerZone } from '../zones/caller-zone';
import type { EventDefinition } from './event-definition';
import { EventStreams } from './event-streams';

/** Called with each message of an event. A rejected promise is reported as an error is. */
export type EventHandler<Message = RealtimeMessage> = (message: Message) => void;

interface Registration {
  /** How often the handler was subscribed and not yet unsubscribed. */
  count: number;
  readonly ended: Subject<void>;
}

/**
 * Handlers by event. A handler subscribed twice to the same event is called once a message, until both
 * subscriptions are undone. A handler that throws or rejects is reported and disturbs no other.
 */
@Injectable()
export class HandlerRegistry {
  readonly #messages = inject(CallerZone).bring(inject(Connection).messages, null);
  readonly #streams = inject(EventStreams);
  readonly #reports = inject(ErrorReports);
  readonly #registrations = new Map<unknown, Map<unknown, Registration>>();

  subscribe<Message>(event: EventDefinition<Message>, handler: EventHandler<Message>): () => void {
    return this.#register(event, event.name, this.#streams.on(event), handler);
  }

  subscribeNamed(event: string, handler: EventHandler): () => void {
    return this.#register(event, event, this.#streams.named(event), handler);
  }

  subscribeAll(handler: EventHandler): () => void {
    return this.#register(this.#messages, '*', this.#messages, handler);
  }

  #register<Message>(
    key: unknown,
    name: string,
    stream: Observable<Message>,
    handler: EventHandler<Message>,
  ): () => void {
    const handlers = this.#registrations.get(key) ?? new Map<unknown, Registration>();
    this.#registrations.set(key, handlers);
    const registration = handlers.get(handler) ?? this.#begin(name, stream, handler);
    registration.count += 1;
    handlers.set(handler, registration);

    let subscribed = true;
    return () => {
      if (!subscribed) {
        return;
      }
      subscribed = false;
      registration.count -= 1;
      if (registration.count > 0) {
        return;
      }
      registration.ended.next();
      handlers.delete(handler);
      if (handlers.size === 0) {
        this.#registrations.delete(key);
      }
    };
  }

  #begin<Message>(name: string, stream: Observable<Message>, handler: EventHandler<Message>): Registration {
    const ended = new Subject<void>();
    const failed = (cause: unknown): void =>
      this.#reports.report(
        new RealtimeError('handler-failed', ngDevMode && `A handler of "${name}" failed: ${textOf(cause)}`, {
          event: name,
          cause,
        }),
      );
    stream
      .pipe(
        consume((message) => callGuarded(handler, message, failed)),
        takeUntil(ended),
      )
      .subscribe();
    return { count: 0, ended };
  }
}
