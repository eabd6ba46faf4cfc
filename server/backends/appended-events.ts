import { Subject } from 'rxjs';
import type { AnnouncedEvent } from '../domain/announced-events';
import type { AppendedEvent } from '../ports/store';

/** What one process appends to the journals, for those who count it. */
export class AppendedEvents {
  readonly #events = new Subject<AppendedEvent>();

  /** Hot; never errors. */
  readonly events = this.#events.asObservable();

  /** @param last offset of the last of the events, which were appended together */
  readonly add = (events: readonly AnnouncedEvent[], last: number): void => {
    events.forEach((event, index) => {
      this.#events.next({ event, offset: last - events.length + 1 + index });
    });
  };
}
