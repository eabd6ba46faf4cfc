import { inject, Injectable, NgZone, signal } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { finalize, type Observable, share, Subject } from 'rxjs';
import { Connection, consume } from '../connection/connection';
import { ErrorReports } from '../connection/error-reports';
import { RealtimeError, textOf } from '../realtime-error';
import type { RealtimeMessage } from '../realtime-message';
import { CallerZone } from '../zones/caller-zone';
import type { EventDefinition } from './event-definition';
import { REALTIME_SCHEDULER } from '../time/realtime-scheduler';
import { type FrameScheduler, perFrame, type PerFrameOptions, REALTIME_FRAMES } from './per-frame';
import { REJECTED_MESSAGES, validate } from './validate';

/** How the messages of an event wait for the next animation frame. */
export type BatchOptions<Message> = Pick<PerFrameOptions<Message>, 'conflate' | 'limit'>;

/**
 * Sorts messages by their event. Each message is looked at once however many events are watched, and
 * validated once for each definition however many subscribers it has.
 */
@Injectable()
export class EventStreams {
  readonly #conflatedCount = signal(0);
  readonly #zone = inject(NgZone);
  readonly #callers = inject(CallerZone);
  readonly #frames = inject(REALTIME_FRAMES);
  readonly #reports = inject(ErrorReports);
  readonly #scheduler = inject(REALTIME_SCHEDULER);
  readonly #rejected = inject(REJECTED_MESSAGES, { optional: true });
  readonly #byName = new Map<string, Subject<RealtimeMessage>>();
  readonly #byDefinition = new WeakMap<EventDefinition<unknown>, Observable<unknown>>();

  /** Messages that a newer one with the same key replaced while they waited for a frame. */
  readonly conflated = this.#conflatedCount.asReadonly();

  constructor() {
    inject(Connection)
      .messages.pipe(
        consume((message) => this.#byName.get(message.event)?.next(message)),
        takeUntilDestroyed(),
        finalize(() => this.#complete()),
      )
      .subscribe();
  }

  on<Message>(definition: EventDefinition<Message>): Observable<Message> {
    return this.#callers.bring(this.#valid(definition), definition.name);
  }

  /**
   * Only the lists come to the zone of the subscriber: a frame of the page is one round of change detection.
   */
  batched<Message>(
    definition: EventDefinition<Message>,
    options: BatchOptions<Message> = {},
  ): Observable<readonly Message[]> {
    const conflated = (): void => this.#conflatedCount.update((count) => count + 1);
    const nextFrame: FrameScheduler = (callback) =>
      this.#zone.runOutsideAngular(() => this.#frames(callback));
    const { conflate } = options;
    const safely = conflate && { conflate: (message: Message) => this.#keyOf(message, conflate, definition) };
    const lists = this.#valid(definition).pipe(perFrame({ ...options, ...safely, nextFrame, conflated }));
    return this.#callers.bring(lists);
  }

  named(event: string): Observable<RealtimeMessage> {
    return this.#callers.bring(this.#all(event), event);
  }

  #valid<Message>(definition: EventDefinition<Message>): Observable<Message>;
  #valid(definition: EventDefinition<unknown>): Observable<unknown> {
    const known = this.#byDefinition.get(definition);
    if (known) {
      return known;
    }
    const stream = this.#open(definition);
    this.#byDefinition.set(definition, stream);
    return stream;
  }

  #all(event: string): Observable<RealtimeMessage> {
    const known = this.#byName.get(event);
    if (known) {
      return known;
    }
    const subject = new Subject<RealtimeMessage>();
    this.#byName.set(event, subject);
    return subject;
  }

  /** A message whose key cannot be told is replaced by none and replaces none. */
  #keyOf<Message>(
    message: Message,
    conflate: (message: Message) => unknown,
    { name }: EventDefinition<Message>,
  ): unknown {
    try {
      return conflate(message);
    } catch (cause) {
      this.#reports.report(
        new RealtimeError(
          'handler-failed',
          ngDevMode && `The conflate function for "${name}" threw: ${textOf(cause)}`,
          { event: name, cause },
        ),
      );
      return Symbol(name);
    }
  }

  #open({ name, schema }: EventDefinition<unknown>): Observable<unknown> {
    const messages = this.#all(name);
    return schema
      ? messages.pipe(
          validate(schema, this.#scheduler, (error, message, issues) => {
            this.#rejected?.add(message, issues);
            this.#reports.report(error);
          }),
          share(),
        )
      : messages;
  }

  #complete(): void {
    for (const subject of this.#byName.values()) {
      subject.complete();
    }
  }
}
