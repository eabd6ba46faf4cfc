import type { Locator, Page } from '@playwright/test';

/** The floating card that says how the connection is; it is empty while there is nothing to say. */
export class ConnectionCard {
  /** What a person sees of it. */
  readonly card: Locator;
  readonly retry: Locator;
  readonly #host: Locator;

  constructor(page: Page) {
    this.#host = page.locator('app-connection-card');
    this.card = this.#host.locator('[data-kind]');
    this.retry = this.#host.getByRole('button');
  }

  /**
   * Notes every attempt to connect that the card tells of from now on, also those it tells of for a moment
   * only.
   *
   * @returns a function that tells the attempts so far, each as it is shown, such as `2/5`.
   */
  async recordAttempts(): Promise<() => Promise<string[]>> {
    const attempts = await this.#host.evaluateHandle((host) => {
      const seen = new Set<string>();
      new MutationObserver(() => {
        const attempt = /\d+\/\d+/.exec(host.textContent);
        if (attempt !== null) seen.add(attempt[0]);
      }).observe(host, { childList: true, characterData: true, subtree: true });
      return seen;
    });
    return () => attempts.evaluate((seen) => [...seen]);
  }
}
