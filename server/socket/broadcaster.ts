import type { TaskChunk } from '@creative-autogpt/protocol';
import { Subscription, type Observable } from 'rxjs';
import type { Log } from '../engine/log';
import type { Announcement } from '../store/journal/journal';
import type { EventFeed } from './event-feed';
import { SharedMessage } from './shared-message';

/** Passes what happens on to the feeds of all clients. It is encoded once for each form, however many those are. */
export class Broadcaster {
  readonly #feeds = new Set<EventFeed>();
  readonly #sources = new Subscription();

  constructor(announcements: Observable<Announcement>, chunks: Observable<TaskChunk>, log: Log) {
    const error = (reason: unknown): void => {
      log.error({ err: reason }, 'clients receive no more updates');
    };
    const announce = (announcement: Announcement): void => {
      const message = SharedMessage.ofEntry(announcement);
      this.#feeds.forEach((feed) => {
        feed.announce(announcement, message);
      });
    };
    const stream = (chunk: TaskChunk): void => {
      const message = SharedMessage.of(chunk);
      this.#feeds.forEach((feed) => {
        feed.stream(chunk, message);
      });
    };
    this.#sources.add(announcements.subscribe({ next: announce, error }));
    this.#sources.add(chunks.subscribe({ next: stream, error }));
  }

  add(feed: EventFeed): void {
    this.#feeds.add(feed);
  }

  remove(feed: EventFeed): void {
    this.#feeds.delete(feed);
  }

  close(): void {
    this.#sources.unsubscribe();
    this.#feeds.clear();
  }
}
