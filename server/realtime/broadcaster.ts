import { Subscription } from 'rxjs';
import type { Log } from '../ports/log';
import type { NumberedChunk, WritingBoard } from '../ports/writing-board';
import type { JournalEntry } from './journal';
import type { Store, Stores } from '../ports/store';
import type { EventFeed } from './event-feed';
import { SharedMessage } from './shared-message';

/** What happens is passed on from here. */
export interface BroadcastSources {
  readonly stores: Stores;
  readonly board: Pick<WritingBoard, 'chunksOf'>;
  readonly log: Log;
}

/** Passes what happens to an owner's sessions on to the feeds of all of the owner's clients. */
export class Broadcaster {
  readonly #audiences = new Map<string, Audience>();
  readonly #kept = new Set<string>();

  constructor(private readonly sources: BroadcastSources) {}

  /** Lets a feed hear of everything from now on. It is held until `listening` has settled. */
  async join(owner: string, feed: EventFeed): Promise<void> {
    const audience = this.#audiences.get(owner) ?? this.#open(owner);
    audience.feeds.add(feed);
    feed.skipTo(await audience.listening());
    await feed.release();
  }

  /** Hears of what happens to this owner's sessions also while nobody has joined: who joins then need not wait for it. */
  async keep(owner: string): Promise<void> {
    this.#kept.add(owner);
    await this.#open(owner).listening();
  }

  leave(owner: string, feed: EventFeed): void {
    const audience = this.#audiences.get(owner);
    audience?.feeds.delete(feed);
    if (audience?.feeds.size === 0 && !this.#kept.has(owner)) {
      audience.close();
      this.#audiences.delete(owner);
    }
  }

  close(): void {
    this.#audiences.forEach((audience) => {
      audience.close();
    });
    this.#audiences.clear();
  }

  #open(owner: string): Audience {
    const audience: Audience = new Audience(owner, this.sources, () => {
      if (this.#audiences.get(owner) === audience) {
        this.#audiences.delete(owner);
      }
    });
    this.#audiences.set(owner, audience);
    return audience;
  }
}

/** The clients of one owner. What they are told is encoded once for each form, however many they are. */
class Audience {
  readonly feeds = new Set<EventFeed>();
  readonly #store: Store;
  readonly #log: Log;
  readonly #sources = new Subscription();

  /** @param onEnd is called when nothing more can be heard: then all clients are ended, and come again to a new audience */
  constructor(owner: string, { stores, board, log }: BroadcastSources, onEnd: () => void) {
    this.#store = stores.of(owner);
    this.#log = log;
    const error = (reason: unknown): void => {
      log.warn({ err: reason }, 'what happens cannot be followed on; the clients have to come again');
      onEnd();
      this.feeds.forEach((feed) => {
        feed.fail();
      });
      this.close();
    };
    const announce = (entry: JournalEntry): void => {
      const message = SharedMessage.ofEntry(entry);
      this.#tellFeeds((feed) => {
        feed.announce(entry, message);
      });
    };
    const stream = (chunk: NumberedChunk): void => {
      const message = SharedMessage.of(chunk.chunk);
      this.#tellFeeds((feed) => {
        feed.stream(chunk, message);
      });
    };
    this.#sources.add(this.#store.published.subscribe({ next: announce, error }));
    this.#sources.add(board.chunksOf(owner).subscribe({ next: stream, error }));
  }

  /** Settles once everything after the offset that it gives is heard. */
  listening(): Promise<number> {
    return this.#store.publishedFrom();
  }

  close(): void {
    this.#sources.unsubscribe();
    this.feeds.clear();
  }

  /** A client that cannot be told, such as for a message its format does not take, keeps nobody else from hearing it. */
  #tellFeeds(tell: (feed: EventFeed) => void): void {
    for (const feed of this.feeds) {
      try {
        tell(feed);
      } catch (error) {
        this.#log.error({ err: error }, 'a client could not be told what happened');
        feed.fail();
      }
    }
  }
}
