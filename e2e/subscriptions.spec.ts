import { expect, PACE, test } from './support/fixtures';
import { recordToasts, toast } from './support/toasts';
import { Workspace } from './support/workspace';

test.use({ pace: PACE.watchable });

/** The whole of it takes as long as a slow machine needs to look at two pages. */
const LONG_WORK = {
  title: '长夜航线',
  goal: { chapter_count: 16, word_count: 8000, language: 'zh' as const },
};
const WORK = { title: '灯塔来信', goal: { chapter_count: 2, word_count: 1000, language: 'zh' as const } };

test('多事件订阅: one page follows its session, its tasks, its progress and its text', async ({
  page,
  api,
}) => {
  const { id } = await api.createSession(WORK);
  const workspace = new Workspace(page);
  await workspace.open(id);
  await expect(workspace.status).toHaveText('未开始');

  await workspace.control('开始').click();
  await expect(workspace.status, 'session.update').toHaveText('写作中');
  await expect(workspace.tasks, 'task.update').toHaveCount(8);
  await expect(page.getByText('正在写：', { exact: false }), 'progress.update').toBeVisible();
  await expect
    .poll(async () => (await workspace.manuscript.innerText()).length, 'task.chunk')
    .toBeGreaterThan(50);
  await expect.poll(() => workspace.percentage(), 'progress.update').toBeGreaterThan(0);
});

test('多事件订阅: a page that was left gets no events any more', async ({ page, api }) => {
  const { id } = await api.startSession(LONG_WORK);
  await page.goto('/tasks');
  await expect(
    toast(page, /✅ .*任务完成/).first(),
    'the page tells of tasks while it is open',
  ).toBeVisible();

  await page.getByRole('navigation', { name: '主导航' }).getByRole('link', { name: '首页' }).click();
  await expect(page).toHaveURL(/\/$/);
  const { completed_tasks: completedBefore, total_tasks: total } = await api.progress(id);
  const toasts = await recordToasts(page);
  await expect
    .poll(async () => (await api.progress(id)).completed_tasks, 'tasks go on being completed')
    .toBeGreaterThanOrEqual(completedBefore + 2);
  await expect(
    page.getByRole('progressbar', { name: `《${LONG_WORK.title}》的进度` }),
    'and this page has heard of it',
  ).not.toHaveAttribute('aria-valuenow', String(Math.round((completedBefore / total) * 100)));
  expect(await toasts()).toEqual([]);
});

test('a page that was opened again tells of each task once', async ({ page, api }) => {
  await page.goto('/tasks');
  const navigation = page.getByRole('navigation', { name: '主导航' });
  for (const name of ['首页', '任务', '会话', '任务']) {
    await navigation.getByRole('link', { name, exact: true }).click();
  }
  await expect(page.getByRole('heading', { level: 1, name: '任务' })).toBeVisible();
  const toasts = await recordToasts(page);

  const { id } = await api.startSession(WORK);
  await expect.poll(async () => (await api.progress(id)).completed_tasks).toBeGreaterThanOrEqual(3);
  await expect.poll(async () => (await toasts()).length).toBeGreaterThanOrEqual(3);
  const told = await toasts();
  expect(told).toContain('✅ 任务完成: 大纲');
  expect(told).toEqual([...new Set(told)]);
});
