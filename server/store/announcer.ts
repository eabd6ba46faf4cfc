import type { ServerEvent } from '@creative-autogpt/protocol';
import { type Observable, Subject } from 'rxjs';

/** Passes events to its listeners, all of them in the same order even when a listener causes further events. */
export class Announcer {
  readonly #events = new Subject<ServerEvent>();
  readonly #waiting: ServerEvent[] = [];
  #isAnnouncing = false;

  /** Hot; completes when the announcer closes, never errors. */
  readonly events: Observable<ServerEvent> = this.#events.asObservable();

  announce(events: readonly ServerEvent[]): void {
    this.#waiting.push(...events);
    if (this.#isAnnouncing) {
      return;
    }
    this.#isAnnouncing = true;
    // A listener that throws does not end this loop: rxjs reports its error apart.
    for (let event = this.#waiting.shift(); event !== undefined; event = this.#waiting.shift()) {
      this.#events.next(event);
    }
    this.#isAnnouncing = false;
  }

  close(): void {
    this.#events.complete();
  }
}
