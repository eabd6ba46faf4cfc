import type { Locator, Page } from '@playwright/test';

/** The floating card that says how the connection is; it is empty while there is nothing to say. */
export class ConnectionCard {
  /** What a person sees of it. */
  readonly card: Locator;
  readonly retry: Locator;

  constructor(page: Page) {
    const host = page.locator('app-connection-card');
    this.card = host.locator('[data-kind]');
    this.retry = host.getByRole('button');
  }
}
