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
}

/**
 * The stored messages of all pages of the origin. Each belongs to the page that wrote it, until that page is gone and
 * another one takes it over; so no two pages send the same message.
 *
 * It is loaded on demand and imports nothing from the rest of the library: otherwise bundlers would cut every
 * application in two, with or without an outbox, so that both could share the rest.
 */
export class OutboxDatabase {
  readonly #database: IDBDatabase;
  readonly #claim: PageClaim;
  readonly #isMessage: OutboxDatabaseParts['isMessage'];

  readonly #own = new Set<string>();
  /** Pages whose end is waited for, or whose messages are being taken over. */
  readonly #awaited = new Set<string>();

  private constructor(database: IDBDatabase, claim: PageClaim, isMessage: OutboxDatabaseParts['isMessage']) {
    this.#database = database;
    this.#claim = claim;
    this.#isMessage = isMessage;
    // Another page deletes the database: do not stand in its way.
    database.onversionchange = () => database.close();
  }

  static async open(name: string, { page, isMessage }: OutboxDatabaseParts): Promise<OutboxDatabase> {
    const request = indexedDB.open(name, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE, { keyPath: 'id' });
    return new OutboxDatabase(await resultOf(request), new PageClaim(name, page), isMessage);
  }

  async put(message: StoredMessage): Promise<void> {
    this.#own.add(message.id);
    await this.#claim.hold();
    await this.#write((store) => store.put(this.#owned(message)));
  }

  async delete(id: string): Promise<void> {
    await this.#write((store) => store.delete(id));
    this.#own.delete(id);
    if (this.#own.size === 0) {
      this.#claim.release();
    }
  }

  async clear(): Promise<void> {
    await this.#write((store) => store.clear());
    this.#own.clear();
    this.#claim.release();
  }

  /** Leaves what is stored to other pages. */
  close(): void {
    this.#claim.release();
    this.#database.close();
  }

  /**
   * Takes over what pages that are gone left behind, oldest first. Resolves when this is done; pages that are still
   * there are waited for in the background.
   *
   * @param generation another number each time everything was forgotten; what was read before is not delivered after
   */
  async adopt(
    deliver: (messages: readonly StoredMessage[]) => void,
    generation: () => number,
  ): Promise<void> {
    const owners = new Set((await this.#read()).map(({ owner }) => owner));
    owners.delete(this.#claim.page);
    for (const owner of this.#awaited) {
      owners.delete(owner);
    }
    owners.forEach((owner) => this.#awaited.add(owner));
    await this.#claim.afterEach(owners, (gone) => this.#takeFrom(gone, deliver, generation));
  }

  async #takeFrom(
    gone: ReadonlySet<string>,
    deliver: (messages: readonly StoredMessage[]) => void,
    generation: () => number,
  ): Promise<void> {
    gone.forEach((owner) => this.#awaited.delete(owner));
    const begun = generation();
    const left = (await this.#read()).filter(({ owner }) => gone.has(owner)).sort(byAge);
    for (const message of left) {
      await this.put(message);
    }
    if (generation() === begun) {
      deliver(left);
      return;
    }
    for (const { id } of left) {
      await this.delete(id);
    }
  }

  async #read(): Promise<readonly Owned[]> {
    const stored: unknown[] = await resultOf(this.#store('readonly').getAll());
    return stored.filter((value) => this.#isOwned(value));
  }

  #write(change: (store: IDBObjectStore) => unknown): Promise<void> {
    return new Promise((resolve, reject) => {
      const store = this.#store('readwrite');
      store.transaction.oncomplete = () => resolve();
      store.transaction.onabort = () => reject(store.transaction.error ?? new Error('Aborted.'));
      change(store);
    });
  }

  #store(mode: IDBTransactionMode): IDBObjectStore {
    return this.#database.transaction(STORE, mode).objectStore(STORE);
  }

  #isOwned(value: unknown): value is Owned {
    return isStoredMessage(value, this.#isMessage) && 'owner' in value && typeof value.owner === 'string';
  }

  #owned(message: StoredMessage): Owned {
    return Object.assign({ owner: this.#claim.page }, message);
  }
}

function resultOf<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('The request failed.'));
  });
}
