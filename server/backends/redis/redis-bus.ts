import type { Redis } from 'ioredis';
import { keepAnswering, type Watch } from './keep-answering';

type Listener = (message: string) => void;

/**
 * Channels between the processes. A listener is given every message that is sent afterwards, except while
 * Redis is out of reach:
 * `onGap` tells that there was such a time.
 */
export class RedisBus {
  readonly #listeners = new Map<string, Set<Listener>>();
  readonly #gapListeners = new Set<() => void>();
  readonly #stopWatching: () => void;
  /** Settles once the connection is ready or has ended. Undefined where nothing waits for that. */
  #checked: Promise<void> | undefined;

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
        // Answered once what was listened to before is listened to again: nothing falls between that and the
        // gap.
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
    await this.#whenChecked();
    // Also for a channel with listeners: the first of them may still wait for its subscription.
    await this.connection.subscribe(channel);
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0 && this.#listeners.get(channel) === listeners) {
        this.#listeners.delete(channel);
        void this.#unsubscribe(channel);
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

  async #unsubscribe(channel: string): Promise<void> {
    await this.#whenChecked();
    if (!this.#listeners.has(channel)) {
      // It fails with the connection alone, and then there is no subscription any more.
      await this.connection.unsubscribe(channel).catch(() => undefined);
    }
  }

  /**
   * Settles once ioredis has checked a new connection. During this check it would send SUBSCRIBE at once. Its
   * own INFO would then be refused, the connection would be made anew, and the subscription would be lost.
   */
  #whenChecked(): Promise<void> {
    const { connection } = this;
    if (connection.status !== 'connect') {
      return Promise.resolve();
    }
    this.#checked ??= new Promise((resolve) => {
      const done = (): void => {
        connection.off('ready', done);
        connection.off('end', done);
        this.#checked = undefined;
        resolve();
      };
      connection.on('ready', done);
      connection.on('end', done);
    });
    return this.#checked;
  }

  #tellOfGap(): void {
    this.#gapListeners.forEach((listener) => {
      listener();
    });
  }
}
