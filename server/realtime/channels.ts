import { Subscription } from 'rxjs';
import type { Source, Transient } from './application';
import type { ClientFeed } from './client-feed';
import type { Journal, JournalEntry } from './journal';
import type { Log } from './monitoring';
import { SharedMessage } from './shared-message';

/** The channels of all owners. Each is open while the owner has clients. */
export class Channels<T extends Transient> {
  readonly #channels = new Map<string, Channel<T>>();
  /** Owners whose channel stays open without clients. */
  readonly #kept = new Set<string>();

  constructor(
    private readonly sourceOf: (owner: string) => Source<T>,
    private readonly log: Log,
  ) {}

  /** The owner's channel, which is opened where it is not. */
  of(owner: string): Channel<T> {
    const open = this.#channels.get(owner);
    if (open !== undefined) {
      return open;
    }
    const forget = (): void => {
      if (this.#channels.get(owner) === channel) {
        this.#channels.delete(owner);
      }
    };
    const channel = new Channel<T>(this.sourceOf(owner), this.log, {
      onEmpty: () => {
        if (!this.#kept.has(owner)) {
          channel.close();
          forget();
        }
      },
      onFailed: forget,
    });
    this.#channels.set(owner, channel);
    channel.open();
    return channel;
  }

  /** Opens the owner's channel for good, so that clients need not wait for it when they join. */
  async keep(owner: string): Promise<void> {
    this.#kept.add(owner);
    await this.of(owner).publishedFrom();
  }

  close(): void {
    this.#channels.forEach((channel) => {
      channel.close();
    });
    this.#channels.clear();
  }
}

/** What a channel tells its keeper. */
interface ChannelEnds {
  /** The last client has left. */
  onEmpty(): void;
  /** Nothing more can be published: all clients are closed, and come again to a new channel. */
  onFailed(): void;
}

/**
 * Publishes what happens to one owner's clients. It is encoded once for each form, however many clients there
 * are.
 */
export class Channel<T extends Transient> {
  readonly #feeds = new Set<ClientFeed<T>>();
  readonly #sources = new Subscription();

  constructor(
    private readonly source: Source<T>,
    private readonly log: Log,
    private readonly ends: ChannelEnds,
  ) {}

  /** Begins to publish. */
  open(): void {
    const { source } = this;
    const error = (reason: unknown): void => {
      this.#fail(reason);
    };
    this.#sources.add(
      source.entries.subscribe({
        next: (entry) => {
          this.#publishEvent(entry);
        },
        error,
      }),
    );
    this.#sources.add(
      source.transients.subscribe({
        next: (transient) => {
          this.#publishTransient(transient);
        },
        error,
      }),
    );
  }

  get journal(): Journal {
    return this.source.journal;
  }

  /** Settles once everything after the offset that it gives is published. */
  publishedFrom(): Promise<number> {
    return this.source.publishedFrom();
  }

  /** Publishes everything to a feed from now on. The feed is held until this has settled. */
  async join(feed: ClientFeed<T>): Promise<void> {
    this.#feeds.add(feed);
    feed.skipTo(await this.publishedFrom());
    await feed.release();
  }

  leave(feed: ClientFeed<T>): void {
    if (this.#feeds.delete(feed) && this.#feeds.size === 0) {
      this.ends.onEmpty();
    }
  }

  close(): void {
    this.#sources.unsubscribe();
    this.#feeds.clear();
  }

  #publishEvent(entry: JournalEntry): void {
    const message = SharedMessage.ofEntry(entry);
    this.#tellFeeds((feed) => {
      feed.takeEvent(entry, message);
    });
  }

  #publishTransient(transient: T): void {
    const message = SharedMessage.of(transient.message);
    this.#tellFeeds((feed) => {
      feed.takeTransient(transient, message);
    });
  }

  #fail(reason: unknown): void {
    this.log.warn({ err: reason }, 'what happens cannot be followed on; the clients have to come again');
    this.ends.onFailed();
    this.#feeds.forEach((feed) => {
      feed.fail();
    });
    this.close();
  }

  /**
   * When one client cannot be told, as its format does not take the message, the others are told all the
   * same.
   */
  #tellFeeds(tell: (feed: ClientFeed<T>) => void): void {
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
