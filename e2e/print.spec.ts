import { expect, test } from './support/fixtures';
import { Workspace } from './support/workspace';

test('a whole work is printed over as many pages as it takes, black on white, and nothing else', async ({
  page,
  api,
}) => {
  const { id } = await api.startSession({ title: '潮汐', goal: { chapter_count: 3, word_count: 6000 } });
  const workspace = new Workspace(page);
  await workspace.open(id);
  await workspace.untilCompleted(10);
  await page.goto(`/workspace/${id}?task=whole`);
  await expect(page.locator('.chapter')).toHaveCount(3);

  await page.emulateMedia({ media: 'print', colorScheme: 'dark' });

  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  for (const frame of [
    'nav',
    'app-plan',
    '.details',
    'app-session-controls',
    '.progress',
    'app-status-badge',
  ]) {
    await expect(page.locator(frame).first(), frame).toBeHidden();
  }
  await expect(page.locator('.chapter').first()).toHaveCSS('color', 'rgb(0, 0, 0)');
  const pages = (await page.pdf({ format: 'A4' })).toString('latin1').match(/\/Type \/Page\b/g) ?? [];
  // A page for the beginning of each chapter, and about 900 characters on one.
  expect(pages.length).toBeGreaterThanOrEqual(6);
  expect(pages.length).toBeLessThan(20);
});
