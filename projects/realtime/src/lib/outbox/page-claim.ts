/**
 * Says to the other pages of the origin that this one is still there, by a lock that the browser takes back when the
 * page is gone. It is held only while there is something to claim, since a page that holds a lock is not put into the
 * back/forward cache. Where there are no locks (plain http), every other page counts as gone.
 */
export class PageClaim {
  readonly #name: string;
  readonly #locks = 'locks' in navigator ? navigator.locks : null;
  #held: Promise<void> | null = null;
  #letGo: (() => void) | null = null;

  /** @param page name of this page, until it is reloaded */
  constructor(
    name: string,
    readonly page: string,
  ) {
    this.#name = name;
  }

  hold(): Promise<void> {
    this.#held ??= this.#request();
    return this.#held;
  }

  release(): void {
    this.#letGo?.();
    this.#letGo = null;
    this.#held = null;
  }

  /**
   * Calls `take` with the pages that are gone, then with each further one once it is gone. Resolves when the former
   * is done.
   */
  async afterEach(
    pages: ReadonlySet<string>,
    take: (gone: ReadonlySet<string>) => Promise<void>,
  ): Promise<void> {
    const locks = this.#locks;
    if (!locks) {
      return take(pages);
    }
    const alive = new Set((await locks.query()).held?.map(({ name }) => name));
    const gone: Promise<void>[] = [];
    for (const page of pages) {
      const taken = this.#once(locks, page, () => take(new Set([page])));
      if (alive.has(this.#lockOf(page))) {
        // What cannot be taken over then stays stored for the next page.
        taken.catch(() => undefined);
      } else {
        gone.push(taken);
      }
    }
    await Promise.all(gone);
  }

  #request(): Promise<void> {
    const locks = this.#locks;
    if (!locks) {
      return Promise.resolve();
    }
    return new Promise((resolve, reject) => {
      const hold = () =>
        new Promise<void>((letGo) => {
          this.#letGo = letGo;
          resolve();
        });
      locks.request(this.#lockOf(this.page), hold).catch(reject);
    });
  }

  async #once(locks: LockManager, page: string, then: () => Promise<void>): Promise<void> {
    await locks.request(this.#lockOf(page), then);
  }

  #lockOf(page: string): string {
    return `${this.#name} ${page}`;
  }
}
