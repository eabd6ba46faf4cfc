import { inject, Injectable } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import {
  defer,
  filter,
  finalize,
  merge,
  type Observable,
  share,
  Subject,
  switchMap,
  takeUntil,
  tap,
  timer,
} from 'rxjs';
import { Connection } from '../connection/connection';
import { ConnectionStateStore } from '../connection/connection-state-store';
import { agreesTo } from '../connection/handshake';
import type { Handover } from '../connection/realtime-link';
import { REALTIME_CONFIG } from '../realtime-config';
import type { RealtimeMessage } from '../realtime-message';
import { REALTIME_SCHEDULER } from '../time/realtime-scheduler';
import { acknowledgedId } from './acknowledgement';
import { COMMANDS, LinkSuspects, SUSPECT_FOR } from './link-suspects';
import type { OutboxEntry } from './outbox-entry';
import { OUTBOX_OPTIONS } from './outbox-options';
import { OutboxStore } from './outbox-store';
import type { SendResult } from './send-policy';
import { TokenBucket } from './token-bucket';

/** Milliseconds of a link for which a suspect waits at most until nothing else is sent. */
const MAX_QUIET = 15_000;

/** What became of an entry that was to be sent at once. */
const AFTER_HANDOVER: Readonly<Record<Handover, SendResult>> = {
  sent: 'sent',
  closed: 'queued',
  refused: 'dropped',
};

/**
 * Sends what waits over every new link: after the handshake, in order, at a bounded rate. While anything
 * waits, everything new goes behind it.
 */
@Injectable()
export class OutboxSender {
  readonly #connection = inject(Connection);
  readonly #store = inject(OutboxStore);
  readonly #options = inject(OUTBOX_OPTIONS);
  readonly #scheduler = inject(REALTIME_SCHEDULER);
  readonly #handshake = inject(REALTIME_CONFIG).handshake ?? true;
  readonly #suspects = inject(LinkSuspects);
  readonly #pauses = new Subject<number>();
  #bucket = new TokenBucket(this.#options.rate, 0);
  #isConnected = false;
  /** Whether the handshake of the link is over. */
  #isOpen = false;
  /** Whether the server acknowledges requests; null until it has answered `connect`. */
  #agreed: boolean | null = null;
  #openedAt = 0;
  /** The suspect that was sent alone, and until when nothing else is sent; null while there is none. */
  #trial: { readonly id: string; readonly end: number } | null = null;

  constructor() {
    const { changes, state } = inject(ConnectionStateStore);
    const lost = changes.pipe(filter(({ status }) => status !== 'connected'));
    const accuse = (): void => {
      const { lastError } = state();
      if (lastError) {
        this.#store.accuse(lastError);
      }
    };
    merge(
      this.#connection.ready.pipe(switchMap(() => this.#serve().pipe(takeUntil(lost)))),
      // The end of the connection is told before its state; what is to blame for it is not merely abandoned.
      merge(lost, this.#connection.ends).pipe(tap(accuse)),
    )
      .pipe(takeUntilDestroyed())
      .subscribe();
  }

  /** Whether the server is known not to acknowledge requests. */
  get refusesRequests(): boolean {
    return !this.#handshake || this.#agreed === false;
  }

  /** Whether a message sent now would wait for nothing. */
  get isClear(): boolean {
    return this.#isOpen && !this.#trial && !this.#nextEntry();
  }

  /** Hands the message to the socket. */
  sendNow(message: RealtimeMessage): Handover {
    return this.#connection.send(message);
  }

  /** Sends an entry when its turn comes, which may be at once. */
  post(entry: OutboxEntry): SendResult {
    const { isClear } = this;
    if (!this.#isConnected && entry.whenOffline === 'drop') {
      this.#store.drop(entry.message, 'offline');
      return 'dropped';
    }
    if (!this.#store.add(entry)) {
      return 'dropped';
    }
    return isClear && this.#nextEntry() === entry ? AFTER_HANDOVER[this.#transmit(entry)] : 'queued';
  }

  /** Everything that goes on over one link. */
  #serve(): Observable<unknown> {
    return defer(() => {
      this.#isConnected = true;
      this.#store.lookAgain();
      this.#bucket = new TokenBucket(this.#options.rate, this.#scheduler.now());
      const acknowledged = this.#named('ack').pipe(tap(({ data }) => this.#acknowledge(data)));
      const more = merge(
        this.#pauses.pipe(switchMap((pause) => timer(pause, this.#scheduler))),
        this.#store.arrivals,
      ).pipe(tap(() => this.#flush()));
      const ready = this.#handshaken().pipe(
        tap(() => {
          this.#isOpen = true;
          this.#openedAt = this.#scheduler.now();
          this.#flush();
        }),
      );
      return merge(acknowledged, more, ready).pipe(finalize(() => this.#leave()));
    });
  }

  /** Emits when sending may begin: the server and the storage have answered, or take too long to. */
  #handshaken(): Observable<unknown> {
    const { restored } = this.#store;
    const answered = this.#handshake
      ? this.#named('connected').pipe(
          tap((answer) => this.#learn(answer)),
          switchMap(() => restored),
          share(),
        )
      : restored;
    return merge(answered, timer(this.#options.handshakeTimeout, this.#scheduler).pipe(takeUntil(answered)));
  }

  #named(name: string): Observable<RealtimeMessage> {
    return this.#connection.messages.pipe(filter(({ event }) => event === name));
  }

  /**
   * Every handshake, also a second one over the same link, means that earlier acknowledgements may be lost.
   */
  #learn(answer: RealtimeMessage): void {
    this.#store.land();
    this.#agreed = agreesTo(COMMANDS, answer);
    if (!this.#agreed) {
      this.#store.discard('not-supported', ({ isRequest }) => isRequest);
    }
  }

  #acknowledge(data: unknown): void {
    this.#store.acknowledge(data);
    if (this.#trial && acknowledgedId(data) === this.#trial.id) {
      this.#trial = null;
      this.#flush();
    }
  }

  #flush(): void {
    const now = this.#scheduler.now();
    if (this.#trial && this.#trial.end <= now) {
      this.#trial = null;
    }
    for (let entry = this.#nextEntry(); this.#isOpen && entry; entry = this.#nextEntry()) {
      if (entry.expiresAt <= now) {
        this.#store.giveUp(entry, 'expired');
        continue;
      }
      const pause = this.#pauseBefore(entry, now) || this.#bucket.take(now);
      if (pause > 0) {
        this.#pauses.next(pause);
        return;
      }
      if (this.#transmit(entry) === 'closed') {
        // The socket is closing; the next link goes on from here.
        return;
      }
    }
  }

  /**
   * Milliseconds to wait so that nothing else can be why the server closes the link over a suspect: until a
   * suspect before it is acknowledged or was let pass, until nothing else that was sent is suspected, and
   * until others had their turn.
   */
  #pauseBefore({ strikes, place }: OutboxEntry, now: number): number {
    if (this.#trial) {
      return this.#trial.end - now;
    }
    if (strikes === null) {
      return 0;
    }
    const since = now - this.#openedAt;
    const pause = Math.max(this.#suspects.quietIn, place * SUSPECT_FOR - since);
    return Math.max(0, Math.min(pause, MAX_QUIET - since));
  }

  #nextEntry(): OutboxEntry | undefined {
    return this.#store.next(this.#agreed === true);
  }

  /** What the codec refuses it refuses each time: the entry is given up, so that others get their turn. */
  #transmit(entry: OutboxEntry): Handover {
    const handover = this.sendNow(entry.message);
    if (handover === 'refused') {
      this.#store.giveUp(entry, 'unserializable');
    }
    if (handover !== 'sent') {
      return handover;
    }
    if (entry.isRequest) {
      entry.inFlight = true;
      if (entry.strikes !== null) {
        this.#trial = { id: entry.id, end: this.#scheduler.now() + SUSPECT_FOR };
        this.#pauses.next(SUSPECT_FOR);
      }
    } else {
      this.#store.take(entry);
    }
    return handover;
  }

  #leave(): void {
    this.#isConnected = false;
    this.#isOpen = false;
    this.#agreed = null;
    this.#trial = null;
    this.#store.discard('offline', ({ whenOffline }) => whenOffline === 'drop');
  }
}
