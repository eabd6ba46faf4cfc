import { DestroyRef, inject, Injectable, untracked } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { type Observable, tap } from 'rxjs';
import { Connection } from '../connection/connection';
import { ErrorReports } from '../connection/error-reports';
import { RealtimeError } from '../realtime-error';
import type { RealtimeMessage } from '../realtime-message';
import { REALTIME_SCHEDULER } from '../time/realtime-scheduler';
import { CallerZone } from '../zones/caller-zone';
import type { Acknowledgement } from './acknowledgement';
import type { DroppedMessage } from './dropped-message';
import { makeEntry, type OutboxEntry, randomId, type Waiter } from './outbox-entry';
import { OUTBOX_OPTIONS, checkPositive } from './outbox-options';
import { OutboxSender } from './outbox-sender';
import { OutboxStore } from './outbox-store';
import type { SendPolicy, SendResult } from './send-policy';

/** How a request is made. */
export interface RequestOptions {
  /**
   * Milliseconds within which the server must acknowledge it, waiting for a connection included.
   * @default `requestTimeout` of `withOutbox()`; for a persisted request its `persistedMaxAge`
   */
  readonly timeout?: number;
  /** Gives the request up; the promise is rejected with the signal's reason. */
  readonly signal?: AbortSignal;
  /**
   * Whether the request survives a reload of the page. It is then sent again by the next page, and its answer
   * appears on {@link RealtimeOutbox.acknowledgements}. What is stored can be read by every script of the
   * origin.
   * @default false
   */
  readonly persist?: boolean;
}

/**
 * Sends messages that may wait for a connection, and requests that the server acknowledges. Provided by
 * `withOutbox()`.
 *
 * ```ts
 * private readonly outbox = inject(RealtimeOutbox);
 *
 * protected pause(id: string): Promise<Acknowledgement> {
 *   return this.outbox.request('pause', { session_id: id });
 * }
 * ```
 */
@Injectable()
export class RealtimeOutbox {
  readonly #store = inject(OutboxStore);
  readonly #sender = inject(OutboxSender);
  readonly #options = inject(OUTBOX_OPTIONS);
  readonly #scheduler = inject(REALTIME_SCHEDULER);
  readonly #reports = inject(ErrorReports);
  readonly #callers = inject(CallerZone);
  #isDestroyed = false;

  /** Messages that wait, and requests without an acknowledgement. */
  readonly depth = this.#store.depth;
  /** Their size in bytes, as UTF-8 JSON. */
  readonly bytes = this.#store.bytes;
  /** Messages that were dropped since the client was made. */
  readonly dropped = this.#store.dropped;
  /** Every message that is dropped, and why. Requests that somebody waits for are rejected instead. */
  readonly drops: Observable<DroppedMessage> = this.#callers.bring(this.#store.drops);
  /** The answer to every request, also of those that an earlier page made. */
  readonly acknowledgements: Observable<Acknowledgement> = this.#callers.bring(this.#store.acknowledgements);

  constructor() {
    inject(Connection)
      .ends.pipe(
        tap(() => {
          if (this.#options.abandonOnEnd) {
            this.#store.abandon(ngDevMode && 'the connection ended');
          }
        }),
        takeUntilDestroyed(),
      )
      .subscribe();
    inject(DestroyRef).onDestroy(() => {
      this.#isDestroyed = true;
      this.#store.abandon(ngDevMode && 'the client was destroyed');
    });
  }

  /**
   * Sends one message: now, if nothing waits before it, else as its policy says. Being `sent` means that the
   * socket took it; only {@link request} knows that it arrived.
   *
   * ```ts
   * outbox.send({ event: 'cursor', data: { line } }, { whenOffline: 'latest' });
   * ```
   *
   * @param policy by default the message waits
   * @throws RangeError when `maxAge` is not a positive number, in development builds.
   */
  send(message: RealtimeMessage, policy: SendPolicy = { whenOffline: 'queue' }): SendResult {
    return untracked(() => this.#send(message, policy));
  }

  /**
   * Sends a command under an id of its own, again after every reconnection, until the server acknowledges it.
   * The server must do a command with the same id only once.
   *
   * The promise always settles. It is rejected with the reason of `signal`, in development builds a
   * `RangeError` for a bad `timeout`, or a {@link RealtimeError}: `request-refused` with `serverCode`,
   * `request-timeout`, `request-abandoned`, `not-supported`, `outbox-full` or `unserializable-message`.
   *
   * ```ts
   * await outbox.request('feedback', { session_id: id, data: { text } }, { persist: true });
   * ```
   *
   * @param fields further fields of the message; `event` and `id` are set by the outbox
   */
  async request(
    event: string,
    fields: Readonly<Record<string, unknown>> = {},
    options: RequestOptions = {},
  ): Promise<Acknowledgement> {
    const { signal } = options;
    let abort = (): void => undefined;
    try {
      return await new Promise((resolve, reject) => {
        const waiter: Waiter = { resolve, reject };
        const entry = this.#requestOf(event, fields, options, waiter);
        signal?.throwIfAborted();
        abort = () => {
          this.#store.take(entry);
          waiter.reject(signal?.reason);
        };
        signal?.addEventListener('abort', abort);
        untracked(() => this.#sender.post(entry));
      });
    } finally {
      signal?.removeEventListener('abort', abort);
    }
  }

  /**
   * Drops everything that waits and rejects every request, stored ones of all pages included. Call it when a
   * person signs out, so that nothing is sent in the name of the next one.
   */
  clear(): void {
    untracked(() => this.#store.clear());
  }

  #send(message: RealtimeMessage, policy: SendPolicy): SendResult {
    const handover = this.#sender.isClear ? this.#sender.sendNow(message) : 'closed';
    if (handover === 'sent') {
      return 'sent';
    }
    if (handover === 'refused') {
      this.#store.drop(message, 'unserializable');
      return 'dropped';
    }
    const entry = this.#entryOf(message, policy);
    if (entry instanceof RealtimeError) {
      this.#reports.report(entry);
      this.#store.drop(message, 'unserializable');
      return 'dropped';
    }
    return this.#sender.post(entry);
  }

  #entryOf(message: RealtimeMessage, policy: SendPolicy): OutboxEntry | RealtimeError {
    const { whenOffline } = policy;
    const waits = whenOffline !== 'drop';
    const persist = waits && (policy.persist ?? false);
    const maxAge = (waits ? policy.maxAge : undefined) ?? this.#maxAge(persist);
    if (ngDevMode) {
      checkPositive('RealtimeOutbox.send: maxAge', maxAge);
    }
    const madeAt = this.#scheduler.now();
    return makeEntry({
      id: randomId(),
      message,
      madeAt,
      expiresAt: madeAt + maxAge,
      isRequest: false,
      whenOffline,
      key: whenOffline === 'latest' ? (policy.key ?? message.event) : null,
      persist,
    });
  }

  /** @throws what the promise is rejected with before anything is sent. */
  #requestOf(
    event: string,
    fields: Readonly<Record<string, unknown>>,
    { timeout, persist = false }: RequestOptions,
    waiter: Waiter,
  ): OutboxEntry {
    if (this.#isDestroyed) {
      throw new RealtimeError(
        'request-abandoned',
        ngDevMode && `"${event}" was not sent: the client is destroyed.`,
        {
          event,
        },
      );
    }
    if (this.#sender.refusesRequests) {
      throw notSupported(event);
    }
    const id = randomId();
    const madeAt = this.#scheduler.now();
    const lifetime = timeout ?? (persist ? this.#options.persistedMaxAge : this.#options.requestTimeout);
    if (ngDevMode) {
      checkPositive('RealtimeOutbox.request: timeout', lifetime);
    }
    const entry = makeEntry({
      id,
      message: { ...fields, event, id },
      madeAt,
      expiresAt: madeAt + lifetime,
      isRequest: true,
      whenOffline: 'queue',
      key: null,
      persist,
      waiter,
    });
    if (entry instanceof RealtimeError) {
      throw entry;
    }
    return entry;
  }

  #maxAge(persist: boolean): number {
    return persist ? this.#options.persistedMaxAge : this.#options.maxAge;
  }
}

function notSupported(event: string): RealtimeError {
  return new RealtimeError(
    'not-supported',
    ngDevMode &&
      `"${event}" was not sent: the server did not agree to "commands". Use send() for servers without it.`,
    { event },
  );
}
