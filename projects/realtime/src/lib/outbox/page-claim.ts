/** A lock that was asked for. */
interface Claim {
  /** Resolves once the lock is held. */
  readonly held: Promise<void>;
  readonly letGo: () => void;
}

/**
 * Says to the other pages of the origin that this one is still there, by a lock that the browser takes back
 * when the page is gone. It is held only while there is something to claim, since a page that holds a lock is
 * not put into the back/forward cache. Where there are no locks (plain http), or the browser refuses them,
 * every other page counts as gone.
 */
export class PageClaim {
  readonly #name: string;
  readonly #lost: () => void;
  readonly #end = new AbortController();
  #locks: LockManager | null = 'locks' in navigator ? navigator.locks : null;
  #claim: Claim | null = null;

  /**
   * @param page name of this page, until it is reloaded
   * @param lost called when the lock was taken away: from then on, others take over what this page has
   *   claimed
   */
  constructor(
    name: string,
    readonly page: string,
    lost: () => void,
  ) {
    this.#name = name;
    this.#lost = lost;
  }

  hold(): Promise<void> {
    this.#claim ??= this.#request();
    return this.#claim.held;
  }

  release(): void {
    this.#claim?.letGo();
    this.#claim = null;
  }

  /** Releases the lock, and waits for no other page any more. */
  end(): void {
    this.release();
    this.#end.abort();
  }

  /**
   * Calls `take` with each of the pages that are gone, then with each further one once it is gone. Resolves
   * when the former are done.
   */
  async afterEach(pages: ReadonlySet<string>, take: (gone: string) => Promise<void>): Promise<void> {
    const alive = await this.#alive();
    const gone: Promise<void>[] = [];
    for (const page of pages) {
      const taken = this.#withLock(page, () => take(page));
      if (alive.has(this.#lockOf(page))) {
        // What cannot be taken over then stays stored for the next page.
        taken.catch(() => undefined);
      } else {
        gone.push(taken);
      }
    }
    await Promise.all(gone);
  }

  #request(): Claim {
    let letGo = (): void => undefined;
    const released = new Promise<void>((resolve) => (letGo = resolve));
    const held = new Promise<void>((resolve, reject) => {
      const hold = (): Promise<void> => {
        resolve();
        return released;
      };
      this.#withLock(this.page, hold)
        .catch(reject)
        .finally(() => this.#forget(claim));
    });
    const claim = { held, letGo };
    return claim;
  }

  /** A lock that ends without being let go was taken away. */
  #forget(claim: Claim): void {
    if (this.#claim === claim && !this.#end.signal.aborted) {
      this.#claim = null;
      this.#lost();
    }
  }

  /** Names of the locks that pages hold. */
  async #alive(): Promise<ReadonlySet<string | undefined>> {
    try {
      return new Set((await this.#locks?.query())?.held?.map(({ name }) => name));
    } catch {
      // As in #withLock().
      this.#locks = null;
      return new Set();
    }
  }

  async #withLock(page: string, use: () => Promise<void>): Promise<void> {
    const lock = { isHeld: false };
    const useHeld = (): Promise<void> => {
      lock.isHeld = true;
      return use();
    };
    const { signal } = this.#end;
    try {
      if (this.#locks) {
        await this.#locks.request(this.#lockOf(page), { signal }, useHeld);
        return;
      }
    } catch (error) {
      if (lock.isHeld || signal.aborted) {
        throw error;
      }
      // The browser refuses locks to this page: it is as if it had none.
      this.#locks = null;
    }
    await use();
  }

  #lockOf(page: string): string {
    return `${this.#name} ${page}`;
  }
}
