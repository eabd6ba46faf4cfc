import { DestroyRef, inject, Injectable, InjectionToken, signal } from '@angular/core';
import type { StandardSchemaV1 } from '@standard-schema/spec';
import { type Observable, Subject } from 'rxjs';
import type { RejectedMessages } from '../events/validate';
import type { RealtimeMessage } from '../realtime-message';
import { clockTime, REALTIME_SCHEDULER } from '../time/realtime-scheduler';
import { CallerZone } from '../zones/caller-zone';

/** How many messages the quarantine keeps. */
export const QUARANTINE_LIMIT = new InjectionToken<number>(
  ngDevMode ? '@creative-autogpt/realtime quarantine limit' : '',
);

/** A message that does not satisfy the schema of its event. */
export interface QuarantinedMessage {
  readonly event: string;
  /** The message as it was received. */
  readonly message: RealtimeMessage;
  /** What the schema objects to. */
  readonly issues: readonly StandardSchemaV1.Issue[];
  /** When it was validated, in milliseconds since the epoch. */
  readonly at: number;
}

/**
 * The messages that failed validation, for whoever wants to look at them or send them on. Each was also
 * reported on `RealtimeService.errors`, and was given to no handler. Provided by `withQuarantine()`.
 *
 * ```ts
 * protected readonly rejected = inject(RealtimeQuarantine).recent;
 * ```
 */
@Injectable()
export class RealtimeQuarantine implements RejectedMessages {
  readonly #limit = inject(QUARANTINE_LIMIT);
  readonly #scheduler = inject(REALTIME_SCHEDULER);
  readonly #subject = new Subject<QuarantinedMessage>();
  readonly #kept = signal<readonly QuarantinedMessage[]>([]);

  /** Every message as it fails. Never errors; completes with the injector. */
  readonly messages: Observable<QuarantinedMessage> = inject(CallerZone).bring(this.#subject.asObservable());

  /** The last messages that failed, oldest first, as many as `withQuarantine({ limit })` allows. */
  readonly recent = this.#kept.asReadonly();

  constructor() {
    inject(DestroyRef).onDestroy(() => this.#subject.complete());
  }

  add(message: RealtimeMessage, issues: readonly StandardSchemaV1.Issue[]): void {
    const quarantined = { event: message.event, message, issues, at: clockTime(this.#scheduler) };
    this.#kept.update((kept) => [...kept, quarantined].slice(-this.#limit));
    this.#subject.next(quarantined);
  }

  /** Empties {@link recent}. */
  clear(): void {
    this.#kept.set([]);
  }
}
