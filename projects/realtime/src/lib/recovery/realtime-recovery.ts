import { DestroyRef, DOCUMENT, inject, Injectable, signal } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { defer, finalize, fromEvent, merge, mergeMap, type Observable, Subject, tap, timer } from 'rxjs';
import type { HandshakePart } from '../connection/handshake-part';
import type { LinkStage } from '../connection/link-stage';
import type { RealtimeMessage } from '../realtime-message';
import { PositionStorage } from './position-storage';
import type { RecoveryGap } from './recovery-gap';
import { ResumingLink, type ResumingLinkClient } from './resuming-link';

/** Milliseconds a server may take to answer `connect` before it counts as one that does not. */
const ANSWER_TIMEOUT = 5_000;

/**
 * Resumes the stream of events after every disconnection: in order, each event once. Provided by `withRecovery()`.
 *
 * ```ts
 * inject(RealtimeRecovery).gaps.pipe(takeUntilDestroyed()).subscribe(() => store.reload());
 * ```
 */
@Injectable()
export class RealtimeRecovery implements HandshakePart, LinkStage {
  private readonly storage = inject(PositionStorage);
  private readonly gapSubject = new Subject<RecoveryGap>();
  private readonly duplicateCount = signal(0);
  private readonly client: ResumingLinkClient & { mayHaveMissed: boolean } = {
    position: this.storage.load(),
    mayHaveMissed: false,
    gap: (gap) => this.gapSubject.next(gap),
    duplicate: () => this.duplicateCount.update((count) => count + 1),
  };

  readonly capability = 'resume';

  /** Emits when events are missing for good: load state that is built from events anew. */
  readonly gaps: Observable<RecoveryGap> = this.gapSubject.asObservable();

  /** Events that arrived again and were dropped. */
  readonly duplicates = this.duplicateCount.asReadonly();

  constructor() {
    const window = inject(DOCUMENT).defaultView;
    if (window) {
      fromEvent(window, 'pagehide')
        .pipe(
          tap(() => this.storage.save(this.client.position)),
          takeUntilDestroyed(),
        )
        .subscribe();
    }
    inject(DestroyRef).onDestroy(() => this.gapSubject.complete());
  }

  offer(): Readonly<Record<string, unknown>> {
    return this.client.position ? { resume: this.client.position } : {};
  }

  readonly through = (messages: Observable<RealtimeMessage>): Observable<RealtimeMessage> =>
    defer(() => {
      const link = new ResumingLink(this.client);
      return merge(
        messages.pipe(mergeMap((message) => link.receive(message))),
        timer(ANSWER_TIMEOUT).pipe(mergeMap(() => link.giveUpWaiting())),
      ).pipe(finalize(() => (this.client.mayHaveMissed = true)));
    });
}
