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

  constructor(
    announcements: Observable<Announcement>,
    chunks: Observable<TaskChunk>,
    private readonly log: Log,
  ) {
    const error = (reason: unknown): void => {
      log.error({ err: reason }, 'clients receive no more updates');
    };
    const announce = (announcement: Announcement): void => {
      const message = SharedMessage.ofEntry(announcement);
      this.#tellFeeds((feed) => {
        feed.announce(announcement, message);
      });
    };
    const stream = (chunk: TaskChunk): void => {
      const message = SharedMessage.of(chunk);
      this.#tellFeeds((feed) => {
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

  /** A client that cannot be told, such as for a message its format does not take, keeps nobody else from hearing it. */
  #tellFeeds(tell: (feed: EventFeed) => void): void {
    for (const feed of this.#feeds) {
      try {
        tell(feed);
      } catch (error) {
        this.log.error({ err: error }, 'a client could not be told what happened');
        feed.fail();
      }
    }
  }
}
