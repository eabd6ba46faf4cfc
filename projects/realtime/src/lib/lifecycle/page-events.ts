import { DOCUMENT, inject, Injectable } from '@angular/core';
import { EMPTY, filter, fromEvent, map, merge, type Observable } from 'rxjs';

/** What the page goes through, as far as it matters to a connection. Silent where there is no window. */
@Injectable()
export class PageEvents {
  private readonly document = inject(DOCUMENT);
  private readonly window = this.document.defaultView;

  /** The page can reach the server again, perhaps: the network is back, the tab is looked at or is no longer frozen. */
  readonly wakes: Observable<void> = merge(
    this.of('online'),
    this.of('resume', this.document),
    this.of('visibilitychange', this.document).pipe(
      filter(() => this.document.visibilityState === 'visible'),
    ),
  ).pipe(map(() => undefined));

  /** The page goes away; it may come back from the back/forward cache. */
  readonly hides: Observable<void> = this.of('pagehide').pipe(map(() => undefined));

  /** The page came back from the back/forward cache. */
  readonly returns: Observable<void> = this.of('pageshow').pipe(
    filter((event) => 'persisted' in event && event.persisted === true),
    map(() => undefined),
  );

  /** The page is about to be frozen: nothing of it runs until {@link thaws}. */
  readonly freezes: Observable<void> = this.of('freeze', this.document).pipe(map(() => undefined));

  /** The page is no longer frozen. */
  readonly thaws: Observable<void> = this.of('resume', this.document).pipe(map(() => undefined));

  private of(name: string, target: EventTarget | null = this.window): Observable<Event> {
    return target && this.window ? fromEvent(target, name) : EMPTY;
  }
}
