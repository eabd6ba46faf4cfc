import { DestroyRef, inject, Injectable, NgZone, signal } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { EMPTY, merge, type Observable, Subject, switchMap, tap, timer } from 'rxjs';
import { ErrorReports } from '../connection/error-reports';
import { RealtimeError } from '../realtime-error';
import type { RealtimeMessage } from '../realtime-message';
import { clockTime, REALTIME_SCHEDULER } from '../time/realtime-scheduler';
import { type Acknowledgement, acknowledgedId, readAcknowledgement } from './acknowledgement';
import { DROP_RULES, DROP_TEXTS, type DroppedMessage, type DropReason } from './dropped-message';
import { makeEntry, type OutboxEntry } from './outbox-entry';
import { OUTBOX_OPTIONS } from './outbox-options';
import { OutboxQueue } from './outbox-queue';
import { OutboxStorage } from './outbox-storage';
import type { StoredMessage } from './stored-message';

/** Close code of a server to which a message is too big: it will be so the next time as well. */
const MESSAGE_TOO_BIG = 1009;

/** How often the server may close the link over one request. */
const MAX_STRIKES = 3;

/**
 * Everything that waits, in memory and in the storage, and how each entry ends: sent, acknowledged, or given
 * up. An entry leaves before anybody is told, so that whoever is told may send again.
 */
@Injectable()
export class OutboxStore {
  readonly #queue = new OutboxQueue(inject(OUTBOX_OPTIONS));
  readonly #storage = inject(OutboxStorage);
  readonly #reports = inject(ErrorReports);
  readonly #scheduler = inject(REALTIME_SCHEDULER);
  readonly #zone = inject(NgZone);
  readonly #depthCount = signal(0);
  readonly #byteCount = signal(0);
  readonly #dropCount = signal(0);
  readonly #dropSubject = new Subject<DroppedMessage>();
  readonly #acknowledgementSubject = new Subject<Acknowledgement>();
  readonly #arrivalSubject = new Subject<void>();
  readonly #alarm = new Subject<number>();
  readonly #takeOver = (messages: readonly StoredMessage[]): void => this.#restore(messages);
  #alarmAt = Infinity;

  readonly depth = this.#depthCount.asReadonly();
  readonly bytes = this.#byteCount.asReadonly();
  readonly dropped = this.#dropCount.asReadonly();
  readonly drops: Observable<DroppedMessage> = this.#dropSubject.asObservable();
  readonly acknowledgements: Observable<Acknowledgement> = this.#acknowledgementSubject.asObservable();

  /** Emits when messages of earlier pages came in, or what this page has stored may be sent again. */
  readonly arrivals: Observable<void> = this.#arrivalSubject.asObservable();
  /** Emits when the messages of earlier pages are here. */
  readonly restored = this.#storage.restore(this.#takeOver);

  constructor() {
    const expiries = this.#alarm.pipe(
      // The extra turn lets an acknowledgement that has arrived be heard before a timer that was held back
      // judges.
      switchMap((at) => (at === Infinity ? EMPTY : this.#reaching(at))),
      switchMap(() => timer(0, this.#scheduler)),
      tap(() => this.#expire()),
    );
    const losses = this.#storage.losses.pipe(tap((ids) => this.#leaveToOthers(ids)));
    merge(expiries, losses).pipe(takeUntilDestroyed()).subscribe();
    inject(DestroyRef).onDestroy(() => {
      this.#dropSubject.complete();
      this.#acknowledgementSubject.complete();
    });
  }

  /** @returns whether there was room */
  add(entry: OutboxEntry): boolean {
    const displaced = this.#queue.add(entry);
    if (displaced === null) {
      this.#tell(entry, 'full');
      return false;
    }
    if (entry.persist) {
      this.#storage.save(entry);
    }
    if (entry.expiresAt < this.#alarmAt) {
      this.#setAlarm(entry.expiresAt);
    }
    this.#count();
    for (const each of displaced) {
      this.#forget(each.entry);
      this.#tell(each.entry, each.reason);
    }
    return true;
  }

  /** The entry whose turn it is. @param requests whether the server is known to acknowledge requests */
  next(requests: boolean): OutboxEntry | undefined {
    return this.#queue.next(requests, !this.#storage.isInDoubt);
  }

  /** Takes an entry out: it was sent, acknowledged or aborted. @returns whether it was there */
  take(entry: OutboxEntry): boolean {
    const wasThere = this.#remove(entry);
    if (wasThere) {
      this.#forget(entry);
    }
    return wasThere;
  }

  giveUp(entry: OutboxEntry, reason: DropReason): void {
    if (this.take(entry)) {
      this.#tell(entry, reason);
    }
  }

  /** Gives up the entries that `isAffected` names. */
  discard(reason: DropReason, isAffected: (entry: OutboxEntry) => boolean): void {
    for (const entry of this.#queue.all().filter(isAffected)) {
      this.giveUp(entry, reason);
    }
  }

  /** Counts and reports a message that is dropped. */
  drop(message: RealtimeMessage, reason: DropReason): void {
    this.#dropCount.update((count) => count + 1);
    this.#dropSubject.next({ message, reason });
  }

  acknowledge(data: unknown): void {
    const entry = this.#queue.withId(acknowledgedId(data) ?? '');
    if (!entry?.isRequest || !this.take(entry)) {
      return;
    }
    const { id, message, waiter } = entry;
    const acknowledgement = readAcknowledgement(data, id, message.event);
    const { error } = acknowledgement;
    if (error) {
      waiter?.reject(
        new RealtimeError('request-refused', error.message, {
          event: message.event,
          serverCode: error.code,
        }),
      );
    } else {
      waiter?.resolve(acknowledgement);
    }
    this.#acknowledgementSubject.next(acknowledgement);
  }

  /** Requests that were sent and not acknowledged are to be sent again. */
  land(): void {
    for (const entry of this.#queue.all()) {
      entry.inFlight = false;
    }
  }

  /**
   * The server closed the link over what was sent last. A request that was the only suspect is given up: at
   * once when it was too big, else the third time. One of several is sent alone over the next link.
   */
  accuse({ suspects, closeCode }: RealtimeError): void {
    const strike = suspects.length === 1 ? 1 : 0;
    const limit = closeCode === MESSAGE_TOO_BIG ? 1 : MAX_STRIKES;
    /**
     * Slots before the next suspect of this page: one for all that have no id, one for each of another page.
     */
    let place = suspects.includes('') ? 1 : 0;
    for (const id of suspects) {
      const entry = this.#queue.withId(id);
      // Told twice of one end, a page counts it once.
      if (!entry?.inFlight) {
        place += id === '' ? 0 : 1;
        continue;
      }
      entry.inFlight = false;
      entry.place = place;
      entry.strikes = (entry.strikes ?? 0) + strike;
      if (entry.strikes >= limit) {
        this.giveUp(entry, 'ends-connection');
      } else if (entry.persist) {
        this.#storage.strike(id, entry.strikes);
      }
    }
  }

  /** Rejects whoever waits for an acknowledgement. Persisted requests remain. */
  abandon(because: string | false | null): void {
    for (const entry of this.#queue.all()) {
      const { waiter, persist } = entry;
      const { event } = entry.message;
      entry.waiter = null;
      if (waiter && !persist) {
        this.take(entry);
      }
      waiter?.reject(
        new RealtimeError(
          'request-abandoned',
          ngDevMode && `"${event}" is unanswered: ${String(because)}. ${outlookOf(entry)}`,
          { event },
        ),
      );
    }
  }

  /** Looks for what pages left behind that have gone since. */
  lookAgain(): void {
    this.#storage.adopt(this.#takeOver);
  }

  clear(): void {
    this.discard('cleared', () => true);
    this.#storage.clear();
  }

  #restore(messages: readonly StoredMessage[]): void {
    for (const stored of messages) {
      // Where there are no locks, another page may have taken over what this one still holds.
      if (this.#queue.withId(stored.id)) {
        continue;
      }
      const entry = makeEntry({
        ...stored,
        ...this.#timesOf(stored),
        whenOffline: stored.key === null ? 'queue' : 'latest',
        persist: true,
        isEarlier: true,
      });
      if (entry instanceof RealtimeError) {
        this.#storage.remove(stored.id);
        continue;
      }
      const same = this.#queue.withKey(entry.key);
      if (same && same.madeAt >= entry.madeAt) {
        this.#forget(entry);
        this.#tell(entry, 'replaced');
      } else if (!this.add(entry)) {
        this.#forget(entry);
      }
    }
    this.#queue.moveEarlierToFront();
    this.#arrivalSubject.next();
  }

  /** Other pages send these now: what they have stored stays. */
  #leaveToOthers(ids: readonly string[]): void {
    for (const id of ids) {
      const entry = this.#queue.withId(id);
      if (entry && this.#remove(entry)) {
        const { event } = entry.message;
        entry.waiter?.reject(
          new RealtimeError(
            'request-abandoned',
            ngDevMode && `"${event}" is unanswered here: another page of the browser has taken it over.`,
            { event },
          ),
        );
      }
    }
    this.#arrivalSubject.next();
  }

  #remove(entry: OutboxEntry): boolean {
    const wasThere = this.#queue.remove(entry);
    if (wasThere) {
      if (this.#queue.length === 0) {
        this.#setAlarm(Infinity);
      }
      this.#count();
    }
    return wasThere;
  }

  /**
   * The times of a stored message by the clock of this page. The device's clock may have been set since: a
   * message is never made in the future, nor kept for longer than it was meant to be.
   */
  #timesOf({ madeAt, expiresAt }: StoredMessage): Pick<OutboxEntry, 'madeAt' | 'expiresAt'> {
    const now = this.#scheduler.now();
    const shift = now - clockTime(this.#scheduler);
    return {
      madeAt: Math.min(madeAt + shift, now),
      expiresAt: Math.min(expiresAt + shift, now + Math.max(0, expiresAt - madeAt)),
    };
  }

  #expire(): void {
    const now = this.#scheduler.now();
    this.discard('expired', ({ expiresAt }) => expiresAt <= now);
    this.#setAlarm(this.#queue.nextExpiry());
  }

  #reaching(at: number): Observable<unknown> {
    return timer(Math.max(0, at - this.#scheduler.now()), this.#scheduler);
  }

  #setAlarm(at: number): void {
    this.#alarmAt = at;
    this.#zone.runOutsideAngular(() => this.#alarm.next(at));
  }

  #forget({ persist, id }: OutboxEntry): void {
    if (persist) {
      this.#storage.remove(id);
    }
  }

  #count(): void {
    this.#depthCount.set(this.#queue.length);
    this.#byteCount.set(this.#queue.bytes);
  }

  /** The caller of a request is told by rejection, everybody else by `drops`. */
  #tell({ waiter, message }: OutboxEntry, reason: DropReason): void {
    const { code, reported } = DROP_RULES[reason];
    const { event } = message;
    if (waiter) {
      waiter.reject(
        new RealtimeError(code, ngDevMode && `"${event}" was given up: ${DROP_TEXTS[reason]}.`, { event }),
      );
      return;
    }
    this.drop(message, reason);
    if (reported) {
      this.#reports.report(
        new RealtimeError('message-dropped', ngDevMode && `"${event}" was dropped: ${DROP_TEXTS[reason]}.`, {
          event,
        }),
      );
    }
  }
}

function outlookOf({ persist }: OutboxEntry): string {
  return persist ? 'It is kept and sent over the next connection.' : 'It may have been done.';
}
