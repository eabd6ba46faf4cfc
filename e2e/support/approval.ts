import type { Locator, Page } from '@playwright/test';

/** What asks for a decision about a text, as a person uses it with the interface in Chinese. */
export class Approval {
  readonly panel: Locator;
  readonly approve: Locator;
  readonly confirmation: Locator;

  constructor(private readonly page: Page) {
    this.panel = page.getByRole('group', { name: '这篇文字等你审阅' });
    this.approve = this.panel.getByRole('button', { name: '通过' });
    this.confirmation = page.getByRole('alertdialog');
  }

  async rewrite(feedback: string): Promise<void> {
    await this.panel.getByRole('button', { name: '提意见重写' }).click();
    await this.page.getByLabel('给作者的意见').fill(feedback);
    await this.panel.getByRole('button', { name: '重写这一篇' }).click();
  }

  async reject(): Promise<void> {
    await this.panel.getByRole('button', { name: '驳回' }).click();
    await this.confirmation.getByRole('button', { name: '驳回' }).click();
  }
}
