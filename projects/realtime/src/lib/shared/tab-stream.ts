import { DestroyRef, inject, Injectable } from '@angular/core';
import { EMPTY, Subject, tap } from 'rxjs';
import { isWholeNumber, type RealtimeMessage } from '../realtime-message';
import { STREAM_CURSOR } from '../recovery/stream-cursor';
import type { StreamPosition, StreamTurn } from '../recovery/stream-position';
import { CallerZone } from '../zones/caller-zone';
import { RecentEvents } from './recent-events';

/** What this tab has received, over a socket of its own or from the leading tab. */
@Injectable()
export class TabStream {
  readonly #cursor = inject(STREAM_CURSOR, { optional: true });
  readonly #callers = inject(CallerZone);
  readonly #received = new Subject<RealtimeMessage>();
  readonly #recent = new RecentEvents();

  readonly messages = this.#received.asObservable();

  /** How the stream goes on with each link of this tab's own socket. */
  readonly settled = this.#cursor?.settled.pipe(tap((turn) => this.#recent.goOn(turn))) ?? EMPTY;

  constructor() {
    this.#recent.goOn({ position: this.position, isRestart: true });
    inject(DestroyRef).onDestroy(() => this.#received.complete());
  }

  get position(): StreamPosition | null {
    return this.#cursor?.position ?? null;
  }

  /** Events after `position`, as far as this tab has them without a hole. */
  since(position: StreamPosition | null): readonly RealtimeMessage[] {
    return this.#recent.since(position);
  }

  /** A message that nobody here has received yet. */
  deliver(message: RealtimeMessage): void {
    const { position } = this;
    if (position && isWholeNumber(message['id'])) {
      this.#recent.add(message, { epoch: position.epoch, offset: message['id'] });
    }
    this.#callers.deliver(message, this.#received);
  }

  /** A message from the leading tab, which may be known here. */
  accept(message: RealtimeMessage): void {
    if (this.#cursor?.advance(message) ?? true) {
      this.deliver(message);
    }
  }

  /**
   * A message of the leading tab that cannot be brought here.
   *
   * @returns whether it is missed: it was not received here before
   */
  skip(message: RealtimeMessage): boolean {
    const isMissed = this.#cursor?.advance(message) ?? true;
    if (isMissed) {
      // What came before it is no longer all that came before what follows.
      this.#recent.goOn({ position: this.position, isRestart: true });
    }
    return isMissed;
  }

  /** Another tab has followed the stream to `position`. A tab without a position begins there, too. */
  beginAt(position: StreamPosition | null): void {
    if (position && this.position === null) {
      this.goOn({ position, isRestart: false });
    }
  }

  /** The leading tab goes on so. */
  goOn(turn: StreamTurn): void {
    this.#cursor?.goOn(turn);
    this.#recent.goOn({ position: this.position, isRestart: turn.isRestart });
  }
}
