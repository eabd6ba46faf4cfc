import { inject, Injectable, untracked } from '@angular/core';
import { Observable } from 'rxjs';
import { CallerZone } from '../zones/caller-zone';
import { OwnTopics } from './own-topics';
import { textOfTopic, type Topic } from './topic';

/**
 * Keeps subscriptions at the server: said when the first page wants a topic, in whichever tab; said again on
 * every new connection; taken back when the last page leaves. Provided by `withSubscriptions()`.
 *
 * ```ts
 * inject(RealtimeSubscriptions).to({ room: 'lobby' }).pipe(takeUntilDestroyed()).subscribe();
 * ```
 */
@Injectable()
export class RealtimeSubscriptions {
  readonly #own = inject(OwnTopics);
  readonly #callers = inject(CallerZone);

  /**
   * Keeps a topic for as long as it is subscribed to. It emits nothing: what the server sends comes on
   * `RealtimeService.on()`. It completes with the client.
   *
   * ```ts
   * toObservable(this.room).pipe(switchMap((room) => this.subscriptions.to({ room })), takeUntilDestroyed()).subscribe();
   * ```
   *
   * What a page sends after it has subscribed arrives after the subscription. A page that leaves a topic and
   * comes back within one turn of the event loop sends nothing.
   *
   * It errors with a {@link RealtimeError}, after which the topic is not kept any more:
   *
   * - `subscription-refused`: the server refused it; `serverCode` and the message are the server's. Subscribe
   *   again once the reason is gone.
   * - `too-many-subscriptions`: this tab keeps 1,000 topics already.
   * - `handler-failed`, `unserializable-message`: the `subscribe` function failed, or made what cannot be
   *   sent.
   *
   * @param topic plain JSON; topics with the same fields are the same topic
   */
  to(topic: Topic): Observable<never> {
    const text = textOfTopic(topic);
    return this.#callers.bring(
      new Observable<never>((subscriber) => untracked(() => this.#own.keep(text, subscriber))),
    );
  }
}
