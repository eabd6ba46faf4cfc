import { expect, type Locator, type Page } from '@playwright/test';

/** The sign-in page, as a person uses it with the interface in Chinese. */
export class SignIn {
  readonly heading: Locator;
  readonly field: Locator;
  readonly keep: Locator;
  readonly signOut: Locator;

  constructor(private readonly page: Page) {
    this.heading = page.getByRole('heading', { level: 1, name: '登录' });
    this.field = page.getByLabel('令牌');
    this.keep = page.getByLabel('保持登录');
    this.signOut = page.getByRole('button', { name: '退出登录' });
  }

  async enter(token: string): Promise<void> {
    await this.field.fill(token);
    await this.page.getByRole('button', { name: '登录', exact: true }).click();
  }

  /** Opens a page of a server that asks who comes, and signs in there. */
  async openAs(path: string, token: string): Promise<void> {
    await this.page.goto(path);
    await expect(this.field).toBeFocused();
    await this.enter(token);
    await expect(this.heading).toHaveCount(0);
  }
}
