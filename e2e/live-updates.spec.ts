import { expect, PACE, test } from './support/fixtures';
import { Sessions } from './support/sessions';
import { toast } from './support/toasts';
import { Workspace } from './support/workspace';

test.use({ pace: PACE.watchable });

test('实时更新: the tasks of a new session appear, are written and completed before the reader’s eyes', async ({
  page,
  api,
}) => {
  await page.goto('/');
  await new Sessions(page).create({ title: '潮汐档案', chapters: 1, length: 600 });
  const workspace = new Workspace(page);

  await expect(
    workspace.tasks,
    'the plan: outline, characters, world, a chapter and its revision, synopsis',
  ).toHaveCount(6);
  await expect(workspace.withStatus('running')).toHaveCount(1);
  const beginning = await workspace.manuscript.innerText();
  await expect.poll(() => workspace.manuscript.innerText(), 'the text grows').not.toBe(beginning);

  await workspace.untilCompleted(1);
  const percentage = await workspace.percentage();
  expect(percentage, 'the bar moves with the first task').toBeGreaterThan(0);
  expect(percentage).toBeLessThan(100);

  await expect(toast(page, '🎉 创作任务已完成！')).toBeVisible({ timeout: 90_000 });
  await expect(workspace.progress).toHaveAttribute('aria-valuenow', '100');
  await expect(workspace.withStatus('completed')).toHaveCount(6);
  const truth = await api.tasks(workspace.sessionId());
  expect(await workspace.shownTasks()).toEqual(truth.map(({ task_id: id, status }) => ({ id, status })));
});

test('a person pauses a session, resumes it, stops it and starts it again', async ({ page, api }) => {
  const { id } = await api.startSession({
    title: '停停走走',
    goal: { chapter_count: 1, word_count: 2000, language: 'zh' },
  });
  const workspace = new Workspace(page);
  await workspace.open(id);
  await expect(workspace.withStatus('running')).toHaveCount(1);

  await workspace.control('暂停').click();
  await expect(workspace.status).toHaveText('已暂停');
  await expect(workspace.withStatus('running'), 'the running task is put back').toHaveCount(0);

  await workspace.control('继续').click();
  await expect(workspace.status).toHaveText('写作中');
  await expect(workspace.withStatus('running')).toHaveCount(1);

  await workspace.control('停止').click();
  await expect(workspace.status).toHaveText('已停止');
  await expect(workspace.withStatus('running')).toHaveCount(0);

  await workspace.control('继续写作').click();
  await expect(workspace.withStatus('running')).toHaveCount(1);
});

test('the finished work is exported as a file', async ({ page, api }) => {
  const { id } = await api.startSession({
    title: '可以带走',
    goal: { chapter_count: 1, word_count: 300, language: 'zh' },
  });
  const workspace = new Workspace(page);
  await workspace.open(id);
  await expect(workspace.status).toHaveText('已完成', { timeout: 90_000 });

  await workspace.control('导出').click();
  const download = page.waitForEvent('download');
  await page.getByRole('menuitem', { name: 'Markdown (.md)' }).click();
  expect((await download).suggestedFilename()).toBe('可以带走.md');
});
