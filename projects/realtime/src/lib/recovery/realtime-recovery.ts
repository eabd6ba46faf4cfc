import { inject, Injectable } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { EMPTY, merge, Observable, tap, timer } from 'rxjs';
import { consume } from '../connection/connection';
import type { IncomingStage, RealtimeHooks } from '../extensions/realtime-hooks';
import { PageEvents } from '../lifecycle/page-events';
import { REALTIME_CONFIG } from '../realtime-config';
import type { RealtimeMessage } from '../realtime-message';
import { REALTIME_SCHEDULER } from '../time/realtime-scheduler';
import { CallerZone } from '../zones/caller-zone';
import { PositionStorage } from './position-storage';
import { RecoveryCursor } from './recovery-cursor';
import type { RecoveryGap } from './recovery-gap';
import { ResumingLink } from './resuming-link';

/** Milliseconds a server may take to answer `connect` before it counts as one that does not. */
const ANSWER_TIMEOUT = 5_000;

/**
 * Resumes the stream of events after every disconnection: in order, each event once. Provided by
 * `withRecovery()`.
 *
 * ```ts
 * inject(RealtimeRecovery).gaps.pipe(takeUntilDestroyed()).subscribe(() => store.reload());
 * ```
 */
@Injectable()
export class RealtimeRecovery implements RealtimeHooks {
  readonly #cursor = inject(RecoveryCursor);
  readonly #scheduler = inject(REALTIME_SCHEDULER);
  /** Whether the server is asked to resume. Without `connect` it is not, and will not answer. */
  readonly #isAsked = inject(REALTIME_CONFIG).handshake ?? true;

  readonly capability = 'resume';
  readonly incoming: IncomingStage = {
    phase: 'order',
    through: (messages) => this.#through(messages),
  };

  /** Emits when events are missing for good: load state that is built from events anew. */
  readonly gaps: Observable<RecoveryGap> = inject(CallerZone).bring(this.#cursor.gaps);

  /** Events that arrived again and were dropped. */
  readonly duplicates = this.#cursor.duplicates;

  constructor() {
    const storage = inject(PositionStorage);
    inject(PageEvents)
      .hides.pipe(
        tap(() => storage.save(this.#cursor.position)),
        takeUntilDestroyed(),
      )
      .subscribe();
  }

  connectData(): Readonly<Record<string, unknown>> {
    const { position } = this.#cursor;
    return position ? { resume: position } : {};
  }

  #through(messages: Observable<RealtimeMessage>): Observable<RealtimeMessage> {
    return new Observable((subscriber) => {
      const link = new ResumingLink(this.#cursor);
      const pass = (message: RealtimeMessage): void => subscriber.next(message);
      subscriber.add(() => this.#cursor.linkEnded());
      if (!this.#isAsked) {
        link.giveUpWaiting(pass);
      }
      return merge(
        messages.pipe(consume((message) => link.receive(message, pass))),
        this.#isAsked
          ? timer(ANSWER_TIMEOUT, this.#scheduler).pipe(tap(() => link.giveUpWaiting(pass)))
          : EMPTY,
      ).subscribe({
        error: (error: unknown) => subscriber.error(error),
        complete: () => subscriber.complete(),
      });
    });
  }
}
