import { ConnectionCard } from './support/connection-card';
import { expect, NOT_FOUND, test } from './support/fixtures';
import { PAGES } from './support/pages';

test('every page can be opened by its address and reloaded', async ({ page, api }) => {
  const { id } = await api.createSession({ title: '直达', goal: { chapter_count: 1, word_count: 300 } });
  for (const { path, heading } of [...PAGES, { path: `/workspace/${id}`, heading: '直达' }]) {
    await page.goto(path);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(heading);
    await page.reload();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(heading);
  }
});

test.describe('bad addresses', () => {
  test.use({ toleratedErrors: NOT_FOUND });

  for (const [path, words] of [
    ['/no/such/page', '这一页还没写'],
    ['/workspace/no-such-session', '找不到这个会话'],
    ['/tasks/no-such-task', '找不到这个任务'],
  ] as const) {
    test(`${path}: the page says that there is no such thing, and leads back`, async ({ page }) => {
      await page.goto(path);
      await expect(page.getByText(words)).toBeVisible();
      await expect(new ConnectionCard(page).card, 'the server is there').toHaveCount(0);
      await page.getByRole('main').getByRole('link').last().click();
      await expect(page.getByText(words)).toHaveCount(0);
    });
  }
});
