import type { Redis } from 'ioredis';
import { keepAnswering, type Watch } from './keep-answering';

type Listener = (message: string) => void;

/**
 * Channels between the processes. A listener is given every message that is sent afterwards, except while Redis is out of reach:
 * `onGap` tells that there was such a time.
 */
export class RedisBus {
  readonly #listeners = new Map<string, Set<Listener>>();
  readonly #gapListeners = new Set<() => void>();
  readonly #stopWatching: () => void;

  /**
   * @param connection is used for nothing else
   * @param watch how a connection that lost Redis without a word is found out
   */
  constructor(
    private readonly connection: Redis,
    watch?: Watch,
  ) {
    let wasReady = false;
    connection.on('ready', () => {
      if (wasReady) {
        // Answered once what was listened to before is listened to again: nothing falls between that and the gap.
        connection.ping().then(
          () => {
            this.#tellOfGap();
          },
          () => undefined,
        );
      }
      wasReady = true;
    });
    connection.on('message', (channel: string, message: string) => {
      this.#listeners.get(channel)?.forEach((listener) => {
        listener(message);
      });
    });
    this.#stopWatching = keepAnswering(connection, watch);
  }

  /** Settles once it listens. @returns ends it */
  async listen(channel: string, listener: Listener): Promise<() => void> {
    const listeners = this.#listeners.get(channel) ?? new Set();
    this.#listeners.set(channel, listeners);
    listeners.add(listener);
    // Also for one that is listened to already: what was asked for before this is settled by then.
    await this.connection.subscribe(channel);
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0 && this.#listeners.get(channel) === listeners) {
        this.#listeners.delete(channel);
        this.connection.unsubscribe(channel).catch(() => undefined);
      }
    };
  }

  /** Calls back whenever Redis is in reach again. @returns ends it */
  onGap(listener: () => void): () => void {
    this.#gapListeners.add(listener);
    return () => {
      this.#gapListeners.delete(listener);
    };
  }

  close(): void {
    this.#stopWatching();
    this.connection.disconnect();
  }

  #tellOfGap(): void {
    this.#gapListeners.forEach((listener) => {
      listener();
    });
  }
}
