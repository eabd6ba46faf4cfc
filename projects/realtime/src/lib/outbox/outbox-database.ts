import { PageClaim } from './page-claim';
import { byAge, isStoredMessage, type StoredMessage } from './stored-message';

const STORE = 'messages';

type Owned = StoredMessage & { readonly owner: string };

/**
 * The stored messages of all pages of the origin. Each belongs to the page that wrote it, until that page is gone and
 * another one takes it over; so no two pages send the same message.
 */
export class OutboxDatabase {
  private readonly own = new Set<string>();

  private constructor(
    private readonly database: IDBDatabase,
    private readonly claim: PageClaim,
  ) {
    // Another page deletes the database: do not stand in its way.
    database.onversionchange = () => database.close();
  }

  static async open(name: string): Promise<OutboxDatabase> {
    const request = indexedDB.open(name, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE, { keyPath: 'id' });
    return new OutboxDatabase(await resultOf(request), new PageClaim(name));
  }

  async put(message: StoredMessage): Promise<void> {
    this.own.add(message.id);
    await this.claim.hold();
    await this.write((store) => store.put(this.owned(message)));
  }

  async delete(id: string): Promise<void> {
    await this.write((store) => store.delete(id));
    this.own.delete(id);
    if (this.own.size === 0) {
      this.claim.release();
    }
  }

  async clear(): Promise<void> {
    await this.write((store) => store.clear());
    this.own.clear();
    this.claim.release();
  }

  /** Leaves what is stored to other pages. */
  close(): void {
    this.claim.release();
    this.database.close();
  }

  /**
   * Takes over what pages that are gone left behind, oldest first. Resolves when this is done; pages that are still
   * there are waited for in the background.
   */
  async adopt(deliver: (messages: readonly StoredMessage[]) => void): Promise<void> {
    const owners = new Set((await this.read()).map(({ owner }) => owner));
    owners.delete(this.claim.page);
    await this.claim.afterEach(owners, async (gone) => deliver(await this.takeFrom(gone)));
  }

  private async takeFrom(gone: ReadonlySet<string>): Promise<readonly StoredMessage[]> {
    const left = (await this.read()).filter(({ owner }) => gone.has(owner)).sort(byAge);
    for (const message of left) {
      await this.put(message);
    }
    return left;
  }

  private async read(): Promise<readonly Owned[]> {
    const stored: unknown[] = await resultOf(this.store('readonly').getAll());
    return stored.filter(isOwned);
  }

  private write(change: (store: IDBObjectStore) => unknown): Promise<void> {
    return new Promise((resolve, reject) => {
      const store = this.store('readwrite');
      store.transaction.oncomplete = () => resolve();
      store.transaction.onabort = () => reject(store.transaction.error ?? new Error('Aborted.'));
      change(store);
    });
  }

  private store(mode: IDBTransactionMode): IDBObjectStore {
    return this.database.transaction(STORE, mode).objectStore(STORE);
  }

  private owned(message: StoredMessage): Owned {
    return { ...message, owner: this.claim.page };
  }
}

function isOwned(value: unknown): value is Owned {
  return isStoredMessage(value) && 'owner' in value && typeof value.owner === 'string';
}

function resultOf<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('The request failed.'));
  });
}
