import { inject, Injectable } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { defer, distinctUntilChanged, filter, finalize, map, merge, type Observable, skip, tap } from 'rxjs';
import { consume } from '../connection/connection';
import { ConnectionStateStore } from '../connection/connection-state-store';
import { ErrorReports } from '../connection/error-reports';
import type { RealtimeLink } from '../connection/realtime-link';
import type { RealtimeHooks } from '../extensions/realtime-hooks';
import { acknowledgedId, readAcknowledgement } from '../outbox/acknowledgement';
import { COMMANDS } from '../outbox/link-suspects';
import { randomId } from '../outbox/outbox-entry';
import { REALTIME_CONFIG } from '../realtime-config';
import { RealtimeError } from '../realtime-error';
import type { RealtimeMessage } from '../realtime-message';
import { KeptTopics } from './kept-topics';
import { SUBSCRIPTION_OPTIONS, type SubscriptionOptions } from './subscription-options';
import { topicOfText } from './topic';

/**
 * Tells the server which topics are kept: on each new link all of them, since a server forgets subscriptions
 * with the socket; then every change.
 */
@Injectable()
export class LinkTopics implements RealtimeHooks {
  readonly #options = inject(SUBSCRIPTION_OPTIONS);
  readonly #kept = inject(KeptTopics);
  readonly #reports = inject(ErrorReports);
  readonly #hasIds = inject(REALTIME_CONFIG).handshake ?? true;
  #link: RealtimeLink | null = null;
  /** Whether messages can be sent on the link. */
  #isOpen = false;
  /** What was said on the link, with the id of the message. */
  readonly #said = new Map<string, unknown>();
  /** Topics by the id of the message that the server has yet to answer. */
  readonly #unanswered = new Map<unknown, string>();

  readonly capability = COMMANDS;

  constructor() {
    // Made with the client, it is told before every page: what a page sends when it is told comes after the
    // subscriptions.
    const opens = inject(ConnectionStateStore).changes.pipe(
      map(({ status }) => status === 'connected'),
      distinctUntilChanged(),
      filter((isConnected) => isConnected),
      tap(() => {
        this.#isOpen = this.#link !== null;
        this.#sayAll();
      }),
    );
    const changes = this.#kept.touched.pipe(tap((topic) => this.#settle(topic)));
    merge(opens, changes).pipe(takeUntilDestroyed()).subscribe();
  }

  accompany(link: RealtimeLink): Observable<never> {
    return defer(() => {
      this.#link = link;
      // After a second handshake the server may be another one, behind the same socket.
      const handshakes = link.messages.pipe(
        filter(({ event }) => event === 'connected'),
        skip(1),
        consume(() => this.#sayAll()),
      );
      return merge(handshakes, link.messages.pipe(consume((message) => this.#hear(message))));
    }).pipe(
      finalize(() => {
        this.#link = null;
        this.#isOpen = false;
        this.#forget();
      }),
    );
  }

  #sayAll(): void {
    this.#forget();
    this.#kept.all.forEach((topic) => this.#settle(topic));
  }

  #forget(): void {
    this.#said.clear();
    this.#unanswered.clear();
  }

  /** Says what has to be said about a topic, if anything. */
  #settle(topic: string): void {
    const link = this.#isOpen ? this.#link : null;
    if (!link) {
      return;
    }
    const isKept = this.#kept.has(topic);
    if (isKept && !this.#said.has(topic)) {
      this.#subscribe(topic, link);
    } else if (!isKept && this.#said.has(topic)) {
      this.#unsubscribe(topic, link);
    }
  }

  #subscribe(topic: string, link: RealtimeLink): void {
    const made = this.#make('subscribe', topic);
    if (made instanceof RealtimeError) {
      this.#kept.refuse({ topic, error: made });
      return;
    }
    if (!made) {
      return;
    }
    const message: RealtimeMessage = this.#hasIds ? { id: randomId(), ...made } : made;
    const handover = link.send(message);
    if (handover === 'sent') {
      this.#said.set(topic, message['id']);
      this.#unanswered.set(message['id'], topic);
    } else if (handover === 'refused') {
      this.#kept.refuse({ topic, error: unserializable(message) });
    }
    // Where the link is closed, the next one says it.
  }

  #unsubscribe(topic: string, link: RealtimeLink): void {
    this.#unanswered.delete(this.#said.get(topic));
    this.#said.delete(topic);
    const made = this.#make('unsubscribe', topic);
    if (made instanceof RealtimeError) {
      this.#reports.report(made);
    } else if (made) {
      link.send(made);
    }
  }

  /** @returns null when there is nothing to say */
  #make(name: keyof SubscriptionOptions, text: string): RealtimeMessage | RealtimeError | null {
    const topic = topicOfText(text);
    try {
      return topic && this.#options[name](topic);
    } catch (cause) {
      return new RealtimeError(
        'handler-failed',
        ngDevMode &&
          `The ${name} function of withSubscriptions() failed for the topic ${text}; see the cause.`,
        { cause },
      );
    }
  }

  /** An answer is an `ack`, or the `error` of servers that repeat the id of the message in it. */
  #hear({ event, id, data }: RealtimeMessage): void {
    if (event !== 'ack' && event !== 'error') {
      return;
    }
    const answered = acknowledgedId(data) ?? acknowledgedId({ id });
    const topic = this.#unanswered.get(answered);
    if (answered === null || topic === undefined) {
      return;
    }
    this.#unanswered.delete(answered);
    const answer = event === 'ack' ? data : { error: data };
    const { error } = readAcknowledgement(answer, answered, 'subscribe');
    if (error) {
      this.#said.delete(topic);
      const { code: serverCode, message } = error;
      this.#kept.refuse({
        topic,
        error: new RealtimeError('subscription-refused', message, { serverCode }),
      });
    }
  }
}

function unserializable({ event }: RealtimeMessage): RealtimeError {
  return new RealtimeError(
    'unserializable-message',
    ngDevMode && `The "${event}" message of a subscription cannot be written; \`errors\` says why.`,
    { event },
  );
}
