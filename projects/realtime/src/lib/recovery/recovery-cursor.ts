import { DestroyRef, inject, Injectable, signal } from '@angular/core';
import { Subject } from 'rxjs';
import { isWholeNumber, type RealtimeMessage } from '../realtime-message';
import { PositionStorage } from './position-storage';
import { reasonOfGap, type RecoveryGap } from './recovery-gap';
import type { ResumingLinkClient } from './resuming-link';
import type { StreamCursor } from './stream-cursor';
import { isOnCourse, type StreamPosition, type StreamTurn } from './stream-position';

/** The client's position in the server's stream: what moves it, and what is known to be missing behind it. */
@Injectable()
export class RecoveryCursor implements StreamCursor, ResumingLinkClient {
  readonly #gapSubject = new Subject<RecoveryGap>();
  readonly #settledSubject = new Subject<StreamTurn>();
  readonly #duplicateCount = signal(0);
  #current = inject(PositionStorage).load();
  /** Whether the stream was followed before, so that messages may be missing where it goes on. */
  #followed = false;

  readonly gaps = this.#gapSubject.asObservable();
  readonly settled = this.#settledSubject.asObservable();
  readonly duplicates = this.#duplicateCount.asReadonly();

  constructor() {
    inject(DestroyRef).onDestroy(() => {
      this.#gapSubject.complete();
      this.#settledSubject.complete();
    });
  }

  get position(): StreamPosition | null {
    return this.#current;
  }

  advance({ id }: RealtimeMessage): boolean {
    if (this.#current === null || !isWholeNumber(id)) {
      return true;
    }
    if (id <= this.#current.offset) {
      this.#duplicateCount.update((count) => count + 1);
      return false;
    }
    this.#current = { epoch: this.#current.epoch, offset: id };
    return true;
  }

  goOn(turn: StreamTurn): void {
    if (!isOnCourse(this.#current, turn)) {
      this.#jump(turn.position);
    }
    this.#followed = true;
  }

  resume(): void {
    this.#settledSubject.next({ position: this.#current, isRestart: false });
  }

  restart(position: StreamPosition | null): void {
    this.#jump(position);
    this.#settledSubject.next({ position, isRestart: true });
  }

  linkEnded(): void {
    this.#followed = true;
  }

  #jump(to: StreamPosition | null): void {
    const from = this.#current;
    this.#current = to;
    if (from ?? this.#followed) {
      this.#gapSubject.next({ reason: reasonOfGap(from, to), from, to });
    }
  }
}
