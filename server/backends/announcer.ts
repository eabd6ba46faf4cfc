import { type Observable, Subject } from 'rxjs';

/** Passes items to its listeners, all of them in the same order even when a listener causes further items. */
export class Announcer<T> {
  readonly #items = new Subject<T>();
  readonly #waiting: T[] = [];
  #isAnnouncing = false;

  /** Hot; completes when the announcer closes, never errors. */
  readonly items: Observable<T> = this.#items.asObservable();

  announce(items: readonly T[]): void {
    this.#waiting.push(...items);
    if (this.#isAnnouncing) {
      return;
    }
    this.#isAnnouncing = true;
    // A listener that throws does not end this loop: rxjs reports its error apart.
    for (let item = this.#waiting.shift(); item !== undefined; item = this.#waiting.shift()) {
      this.#items.next(item);
    }
    this.#isAnnouncing = false;
  }

  close(): void {
    this.#items.complete();
  }
}
