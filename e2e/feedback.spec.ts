import { expect, test } from './support/fixtures';
import { Workspace } from './support/workspace';

const WORK = { title: '听得见的', goal: { chapter_count: 1, word_count: 300, language: 'zh' as const } };

test('S21: the author is told something about everything, and about one task', async ({ page, api }) => {
  const { id } = await api.startSession({ ...WORK, config: { approval: 'manual' } });
  const workspace = new Workspace(page);
  await workspace.open(id);
  await expect(workspace.withStatus('pending_approval')).toHaveCount(1);
  const box = page.getByRole('group', { name: '给作者留言' });
  const told = page.getByRole('list', { name: '留言记录' }).getByRole('listitem');

  await expect(box.getByRole('button', { name: '发送' })).toHaveAttribute('aria-disabled', 'true');
  await box.getByRole('textbox', { name: '留言' }).fill('少用比喻。');
  await box.getByRole('button', { name: '发送' }).click();
  await expect(told).toContainText(['少用比喻。']);
  await expect(box.getByRole('textbox', { name: '留言' })).toHaveValue('');

  await box.getByLabel('大纲').check();
  await box.getByRole('textbox', { name: '留言' }).fill('大纲再短些。');
  await box.getByRole('button', { name: '发送' }).click();
  await expect(told).toContainText(['大纲再短些。', '少用比喻。']);
  await expect(told.first()).toContainText('针对“大纲”');
  await expect(told.last()).toContainText('针对全部任务');

  await page.reload();
  await expect(told, 'the server keeps it').toHaveCount(2);
});

test('S21: what was typed is there again after a look at another page', async ({ page, api }) => {
  const { id } = await api.createSession(WORK);
  await new Workspace(page).open(id);
  await page.getByRole('textbox', { name: '留言' }).fill('还没想好');
  await page.getByRole('link', { name: '任务', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: '任务' })).toBeVisible();
  await page.goBack();
  await expect(page.getByRole('textbox', { name: '留言' })).toHaveValue('还没想好');
});

test('S21: nobody is told anything about a completed work', async ({ page, api }) => {
  const { id } = await api.startSession(WORK);
  const workspace = new Workspace(page);
  await workspace.open(id);
  await expect(workspace.status).toHaveText('已完成');
  await expect(page.getByRole('textbox', { name: '留言' })).toHaveCount(0);
});
