import { ConnectionCard } from './support/connection-card';
import { expect, PACE, SERVER_IS_GONE, test } from './support/fixtures';
import { Workspace } from './support/workspace';

test.use({ pace: PACE.watchable, toleratedErrors: SERVER_IS_GONE });

const WORK = { title: '不断的线', goal: { chapter_count: 1, word_count: 600, language: 'zh' as const } };

test('a reload in the middle of a task shows everything written so far at once, and goes on', async ({
  page,
  api,
}) => {
  const { id } = await api.startSession(WORK);
  const workspace = new Workspace(page);
  await workspace.open(id);
  await workspace.untilCompleted(1);
  await workspace.readRunning();
  await expect.poll(async () => (await workspace.words()).length).toBeGreaterThan(100);
  const before = await workspace.words();

  await page.reload();
  await expect(workspace.tasks).toHaveCount(6);
  expect((await workspace.shownTasks())[0]?.status, 'what was completed is completed').toBe('completed');
  await expect
    .poll(() => workspace.words(), 'the text from before the reload is there, and more')
    .toContain(before);
  await workspace.untilCompleted(6);
});

test('S9: the server is killed in the middle of a task and started again; the page shows the end without a reload', async ({
  page,
  api,
  server,
}) => {
  const { id } = await api.startSession(WORK);
  const workspace = new Workspace(page);
  const { card } = new ConnectionCard(page);
  await workspace.open(id);
  await workspace.untilCompleted(2);
  await expect(workspace.withStatus('running')).toHaveCount(1);
  const completed = (await workspace.shownTasks()).filter(({ status }) => status === 'completed');
  let loads = 0;
  page.on('load', () => (loads += 1));

  await server.kill();
  await expect(card).toBeVisible();
  await server.start();
  await expect(card).toHaveCount(0);

  expect(await workspace.shownTasks(), 'nothing that was shown as completed is lost').toEqual(
    expect.arrayContaining(completed),
  );
  await workspace.untilCompleted(6);
  await expect(workspace.status).toHaveText('已完成');
  const truth = await api.tasks(id);
  expect(await workspace.shownTasks()).toEqual(truth.map(({ task_id, status }) => ({ id: task_id, status })));
  expect(loads, 'reloads of the page').toBe(0);
});

test.describe('while each task takes longer than the test', () => {
  test.use({ pace: PACE.readable });

  test('two tabs that look at different sessions go on with their texts after the server was killed', async ({
    context,
    api,
    server,
  }) => {
    const tabs: Workspace[] = [];
    for (const title of ['左边的书', '右边的书']) {
      const { id } = await api.startSession({ ...WORK, title });
      const workspace = new Workspace(await context.newPage());
      await workspace.open(id);
      await workspace.readRunning();
      tabs.push(workspace);
    }
    const expectMoreText = async (tab: Workspace): Promise<void> => {
      const before = await tab.words();
      await expect.poll(() => tab.words()).not.toBe(before);
    };
    for (const tab of tabs) await expectMoreText(tab);

    await server.kill();
    await server.start();
    for (const tab of tabs) await expectMoreText(tab);
    for (const tab of tabs) await expect(tab.withStatus('completed')).toHaveCount(0);
  });
});

test('without its server the application still turns its pages and opens its dialogs, and says what has to wait', async ({
  page,
  api,
  server,
}) => {
  await api.createSession(WORK);
  await page.goto('/');
  await expect(page.getByRole('link', { name: WORK.title })).toBeVisible();
  await page.waitForLoadState('networkidle');

  await server.kill();
  await page.getByRole('button', { name: '新建会话' }).click();
  await expect(page.getByRole('dialog').getByText('恢复连接后即可继续')).toBeVisible();
  await expect(page.getByRole('button', { name: '创建并开始' })).toBeDisabled();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('link', { name: WORK.title })).toBeVisible();
  await expect(page.getByText('这里是之前读到的内容')).toBeVisible();
  await page.getByRole('link', { name: '任务', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: '任务' })).toBeVisible();

  await server.start();
  await expect(page.getByText('还没有任务')).toBeVisible();
});

test('what happened while the server could not be reached is there after it is back', async ({
  page,
  api,
  server,
}) => {
  const { id } = await api.createSession(WORK);
  const workspace = new Workspace(page);
  const { card } = new ConnectionCard(page);
  await workspace.open(id);
  await server.kill();
  await expect(card).toBeVisible();
  await page.context().setOffline(true);

  await server.start();
  await api.start(id);
  await expect.poll(async () => (await api.progress(id)).completed_tasks).toBeGreaterThanOrEqual(2);
  await page.context().setOffline(false);

  await expect(card).toHaveCount(0);
  await expect(workspace.tasks).toHaveCount(6);
  await workspace.untilCompleted(6);
});
