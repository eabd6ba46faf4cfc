import { expect, type Locator, type Page } from '@playwright/test';

/**
 * The sessions page, and the dialogs about a session, as a person uses them with the interface in Chinese.
 */
export class Sessions {
  readonly cards: Locator;

  constructor(private readonly page: Page) {
    this.cards = page.getByRole('list', { name: '会话列表' }).getByRole('listitem');
  }

  async open(): Promise<void> {
    await this.page.goto('/sessions');
    await expect(this.page.getByRole('heading', { level: 1, name: '会话' })).toBeVisible();
  }

  card(title: string): Locator {
    return this.cards.filter({ has: this.page.getByRole('link', { name: title, exact: true }) });
  }

  /** Fills in the dialog behind 新建会话 and ends in the new session's workspace. */
  async create(work: {
    title: string;
    chapters: number;
    length: number;
    approval?: 'manual';
  }): Promise<void> {
    await this.page.getByRole('button', { name: '新建会话' }).first().click();
    const dialog = this.page.getByRole('dialog');
    await expect(dialog.getByLabel('题目'), 'the dialog has opened').toBeFocused();
    await dialog.getByLabel('题目').fill(work.title);
    await dialog.getByLabel('章数').fill(String(work.chapters));
    await dialog.getByLabel('全文长度').fill(String(work.length));
    if (work.approval === 'manual') await dialog.getByRole('radio', { name: '逐篇审阅' }).click();
    await dialog.getByRole('button', { name: '创建并开始' }).click();
    await expect(this.page).toHaveURL(/\/workspace\//);
    await expect(this.page.getByRole('heading', { level: 1, name: work.title })).toBeVisible();
  }

  async rename(title: string, newTitle: string): Promise<void> {
    await this.#choose(title, '重命名');
    const dialog = this.page.getByRole('dialog');
    await expect(dialog.getByLabel('题目'), 'the dialog has opened').toBeFocused();
    await dialog.getByLabel('题目').fill(newTitle);
    await dialog.getByRole('button', { name: '保存' }).click();
    await expect(dialog).toBeHidden();
  }

  async delete(title: string): Promise<void> {
    await this.#choose(title, '删除');
    const dialog = this.page.getByRole('alertdialog');
    await dialog.getByRole('button', { name: '删除' }).click();
    await expect(dialog).toBeHidden();
  }

  async #choose(title: string, action: string): Promise<void> {
    await this.page.getByRole('button', { name: `《${title}》的操作` }).click();
    await this.page.getByRole('menuitem', { name: action }).click();
  }
}
