import type { RealtimeMessage } from '../realtime-message';
import { PageClaim } from './page-claim';
import { byAge, isStoredMessage, type StoredMessage } from './stored-message';

const STORE = 'messages';

type Owned = StoredMessage & { readonly owner: string };

/** What the database needs of the rest of the library. */
export interface OutboxDatabaseParts {
  /** Name of this page, until it is reloaded. */
  readonly page: string;
  readonly isMessage: (value: unknown) => value is RealtimeMessage;
  /**
   * Called when other pages may have taken over what this page has stored: ask
   * {@link OutboxDatabase.reclaim}.
   */
  readonly doubt: () => void;
}

/**
 * The stored messages of all pages of the origin. Each belongs to the page that wrote it, until that page is
 * gone and another one takes it over; so no two pages send the same message.
 *
 * It lasts as long as the client. The browser's database behind it is opened when it is needed, and again
 * after it was closed or deleted, so that one failure costs neither the lock of this page nor a database that
 * nobody closes.
 *
 * It is loaded on demand and imports nothing from the rest of the library: otherwise bundlers would cut every
 * application in two, with or without an outbox, so that both could share the rest.
 */
export class OutboxDatabase {
  readonly #name: string;
  readonly #claim: PageClaim;
  readonly #isMessage: OutboxDatabaseParts['isMessage'];
  #opened: Promise<IDBDatabase> | null = null;
  #isClosed = false;

  readonly #own = new Set<string>();
  /** Pages whose end is waited for, or whose messages are being taken over. */
  readonly #awaited = new Set<string>();
  /** Pages whose messages are being taken over. */
  #takings = 0;

  constructor(name: string, { page, isMessage, doubt }: OutboxDatabaseParts) {
    this.#name = name;
    this.#claim = new PageClaim(name, page, doubt);
    this.#isMessage = isMessage;
  }

  async put(message: StoredMessage): Promise<void> {
    const isStored = this.#own.has(message.id);
    this.#own.add(message.id);
    try {
      await this.#claim.hold();
      await this.#write((store) => store.put(this.#owned(message)));
    } catch (error) {
      if (!isStored) {
        this.#disown(message.id);
      }
      throw error;
    }
  }

  /** Leaves it alone when another page has taken it over. */
  async delete(id: string): Promise<void> {
    await this.#change(id, (store) => store.delete(id));
    this.#disown(id);
  }

  /** Keeps how often the server closed the link over a message of this page. */
  async strike(id: string, strikes: number): Promise<void> {
    await this.#change(id, (store, message) => store.put({ ...message, strikes }));
  }

  async clear(): Promise<void> {
    await this.#write((store) => store.clear());
    this.#own.clear();
    this.#releaseIfIdle();
  }

  /** Leaves what is stored to other pages. */
  async close(): Promise<void> {
    this.#isClosed = true;
    this.#claim.end();
    (await this.#opened)?.close();
  }

  /**
   * Takes over what pages that are gone left behind, oldest first. Resolves when this is done; pages that are
   * still there are waited for in the background.
   *
   * @param isClearing whether everything is about to be forgotten: what is taken over then is deleted and not
   *   delivered
   */
  async adopt(
    deliver: (messages: readonly StoredMessage[]) => void,
    isClearing: () => boolean,
  ): Promise<void> {
    const owners = new Set((await this.#read()).map(({ owner }) => owner));
    owners.delete(this.#claim.page);
    for (const owner of this.#awaited) {
      owners.delete(owner);
    }
    owners.forEach((owner) => this.#awaited.add(owner));
    await this.#claim.afterEach(owners, (gone) => this.#takeFrom(gone, deliver, isClearing));
  }

  /**
   * Claims anew what this page has stored. @returns the ids that it may not send: other pages have taken them
   * over
   */
  async reclaim(): Promise<readonly string[]> {
    await this.#claim.hold();
    const kept = new Set(
      (await this.#read()).filter(({ owner }) => owner === this.#claim.page).map(({ id }) => id),
    );
    const lost = [...this.#own].filter((id) => !kept.has(id));
    lost.forEach((id) => this.#disown(id));
    this.#releaseIfIdle();
    return lost;
  }

  /**
   * Changes the owner before anybody is told, in one step: of two pages, the second finds nothing any more.
   */
  async #takeFrom(
    gone: string,
    deliver: (messages: readonly StoredMessage[]) => void,
    isClearing: () => boolean,
  ): Promise<void> {
    this.#takings += 1;
    try {
      // Two pages that let go of their locks at the same time would wait for each other's lock here, and for
      // ever.
      if (!(await this.#read()).some(({ owner }) => owner === gone)) {
        return;
      }
      await this.#claim.hold();
      const taken = await this.#changeOwner(gone);
      taken.forEach(({ id }) => this.#own.add(id));
      if (!isClearing()) {
        deliver(taken);
        return;
      }
      for (const { id } of taken) {
        await this.delete(id);
      }
    } finally {
      this.#awaited.delete(gone);
      this.#takings -= 1;
      this.#releaseIfIdle();
    }
  }

  async #changeOwner(gone: string): Promise<readonly StoredMessage[]> {
    const taken: StoredMessage[] = [];
    await this.#write((store) => {
      const all: IDBRequest<unknown[]> = store.getAll();
      all.onsuccess = () => {
        for (const message of all.result) {
          if (this.#isOwned(message) && message.owner === gone) {
            store.put(this.#owned(message));
            taken.push(message);
          }
        }
      };
    });
    return taken.sort(byAge);
  }

  #disown(id: string): void {
    this.#own.delete(id);
    this.#releaseIfIdle();
  }

  #releaseIfIdle(): void {
    if (this.#own.size === 0 && this.#takings === 0) {
      this.#claim.release();
    }
  }

  async #read(): Promise<readonly Owned[]> {
    const stored: unknown[] = await resultOf((await this.#store('readonly')).getAll());
    return stored.filter((value) => this.#isOwned(value));
  }

  /** Changes what this page still owns. */
  async #change(id: string, change: (store: IDBObjectStore, message: Owned) => unknown): Promise<void> {
    await this.#write((store) => {
      const found: IDBRequest<unknown> = store.get(id);
      found.onsuccess = () => {
        if (this.#isOwned(found.result) && found.result.owner === this.#claim.page) {
          change(store, found.result);
        }
      };
    });
  }

  async #write(change: (store: IDBObjectStore) => unknown): Promise<void> {
    const store = await this.#store('readwrite');
    return new Promise((resolve, reject) => {
      store.transaction.oncomplete = () => resolve();
      store.transaction.onabort = () => reject(store.transaction.error ?? new Error('Aborted.'));
      change(store);
    });
  }

  async #store(mode: IDBTransactionMode): Promise<IDBObjectStore> {
    if (this.#isClosed) {
      throw new Error('Closed.');
    }
    this.#opened ??= this.#open().catch((error: unknown) => {
      this.#opened = null;
      throw error;
    });
    return (await this.#opened).transaction(STORE, mode).objectStore(STORE);
  }

  async #open(): Promise<IDBDatabase> {
    const request = indexedDB.open(this.#name, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE, { keyPath: 'id' });
    const database = await resultOf(request);
    // The browser closes it when a person clears what the site has stored.
    database.onclose = () => (this.#opened = null);
    // Another page deletes it: do not stand in its way.
    database.onversionchange = () => {
      database.close();
      this.#opened = null;
    };
    return database;
  }

  #isOwned(value: unknown): value is Owned {
    return isStoredMessage(value, this.#isMessage) && 'owner' in value && typeof value.owner === 'string';
  }

  #owned(message: StoredMessage): Owned {
    return { ...message, owner: this.#claim.page };
  }
}

function resultOf<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('The request failed.'));
  });
}
