import { DOCUMENT, inject, Injectable, NgZone } from '@angular/core';
import { filter, merge, Observable } from 'rxjs';

/** What the page goes through, as far as it matters to a connection. Silent where there is no window. */
@Injectable()
export class PageEvents {
  readonly #zone = inject(NgZone);
  readonly #document = inject(DOCUMENT);
  readonly #window = this.#document.defaultView;

  /** The page is no longer frozen. */
  readonly thaws: Observable<unknown> = this.#of('resume', this.#document);

  /**
   * The page can reach the server again, perhaps: the network is back, the tab is looked at or is no longer
   * frozen.
   */
  readonly wakes: Observable<unknown> = merge(
    this.#of('online'),
    this.thaws,
    this.#of('visibilitychange', this.#document).pipe(
      filter(() => this.#document.visibilityState === 'visible'),
    ),
  );

  /** The page goes away; it may come back from the back/forward cache. */
  readonly hides: Observable<unknown> = this.#of('pagehide');

  /** The page came back from the back/forward cache. */
  readonly returns: Observable<unknown> = this.#of('pageshow').pipe(
    filter((event) => 'persisted' in event && event.persisted === true),
  );

  /** The page is about to be frozen: nothing of it runs until {@link thaws}. */
  readonly freezes: Observable<unknown> = this.#of('freeze', this.#document);

  #of(name: string, target: EventTarget | null = this.#window): Observable<Event> {
    return new Observable((subscriber) => {
      const hear = (event: Event): void => subscriber.next(event);
      const heard = this.#window && target;
      // A listener runs in the zone that added it, and a socket that it opens calls back there.
      this.#zone.runOutsideAngular(() => heard?.addEventListener(name, hear));
      return () => heard?.removeEventListener(name, hear);
    });
  }
}
