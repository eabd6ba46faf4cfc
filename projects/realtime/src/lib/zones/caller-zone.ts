import { inject, Injectable, NgZone } from '@angular/core';
import { Observable, type SchedulerAction, type SchedulerLike, type Subject } from 'rxjs';
import { fieldOf, type RealtimeMessage } from '../realtime-message';
import { REALTIME_SCHEDULER, withTimeOf } from '../time/realtime-scheduler';

/**
 * Brings everything to subscribers in the zone in which they subscribed. The client itself works outside of
 * the Angular zone; a handler that writes a plain field must run inside of it for the page to show that.
 * Applications without zone.js have one zone, and pay nothing.
 */
@Injectable()
export class CallerZone {
  readonly #zone = inject(NgZone);
  readonly #hasZones = this.#zone instanceof NgZone;
  /**
   * How many subscriptions from inside of the Angular zone wait for each event; for every message under null.
   */
  readonly #inside = new Map<unknown, number>();

  /**
   * The same for subscribers in their own zone.
   *
   * @param event the event whose messages they are, or null for those of every event: see {@link together}.
   *   Undefined for what is no message.
   */
  bring<T>(source: Observable<T>, event?: string | null): Observable<T> {
    if (!this.#hasZones) {
      return source;
    }
    return new Observable((subscriber) => {
      const isInside = NgZone.isInAngularZone();
      const there = (call: () => void): void => {
        if (isInside === NgZone.isInAngularZone()) {
          call();
        } else if (isInside) {
          this.#zone.run(call);
        } else {
          this.#zone.runOutsideAngular(call);
        }
      };
      if (isInside && event !== undefined) {
        this.#count(event, 1);
        subscriber.add(() => this.#count(event, -1));
      }
      return source.subscribe({
        next: (value) => there(() => subscriber.next(value)),
        error: (error: unknown) => there(() => subscriber.error(error)),
        complete: () => there(() => subscriber.complete()),
      });
    });
  }

  /** Emits a message. All subscribers inside of the Angular zone share one round of change detection. */
  deliver(message: RealtimeMessage, to: Subject<RealtimeMessage>): void {
    if (this.#isAwaited(message)) {
      this.#zone.run(() => to.next(message));
    } else {
      to.next(message);
    }
  }

  /** Delivers messages that belong together, such as those of a batch: in one round of change detection. */
  together(messages: readonly unknown[], deliver: () => void): void {
    if (this.#inside.size > 0 && messages.some((message) => this.#isAwaited(message))) {
      this.#zone.run(deliver);
    } else {
      deliver();
    }
  }

  /** Whether a subscriber inside of the Angular zone waits for the message, and this is outside. */
  #isAwaited(message: unknown): boolean {
    return (
      this.#inside.size > 0 &&
      !NgZone.isInAngularZone() &&
      (this.#inside.has(null) || this.#inside.has(fieldOf(message, 'event')))
    );
  }

  #count(event: string | null, change: number): void {
    const count = (this.#inside.get(event) ?? 0) + change;
    if (count > 0) {
      this.#inside.set(event, count);
    } else {
      this.#inside.delete(event);
    }
  }
}

/**
 * The scheduler of the application, whose timers never keep an application with zone.js unstable, from
 * wherever the client is called.
 */
export function schedulerOutsideAngular(): SchedulerLike {
  const scheduler = inject(REALTIME_SCHEDULER, { skipSelf: true });
  const zone = inject(NgZone);
  if (!(zone instanceof NgZone)) {
    return scheduler;
  }
  return withTimeOf(scheduler, {
    now: () => scheduler.now(),
    schedule: <T>(work: (this: SchedulerAction<T>, state?: T) => void, delay?: number, state?: T) =>
      zone.runOutsideAngular(() => scheduler.schedule(work, delay, state)),
  });
}
