import { Approval } from './support/approval';
import { ConnectionCard } from './support/connection-card';
import { expect, SERVER_IS_GONE, test } from './support/fixtures';
import { Sessions } from './support/sessions';
import { recordToasts, toast } from './support/toasts';
import { Workspace } from './support/workspace';

const WORK = { title: '逐篇过目', goal: { chapter_count: 1, word_count: 300, language: 'zh' as const } };
const MANUAL = { ...WORK, config: { approval: 'manual' as const } };

test('S20: a session created to ask about every text waits for each, and ends when all are approved', async ({
  page,
}) => {
  await page.goto('/');
  await new Sessions(page).create({ title: WORK.title, chapters: 1, length: 300, approval: 'manual' });
  const workspace = new Workspace(page);
  const approval = new Approval(page);
  const toasts = await recordToasts(page);

  for (let approved = 0; approved < 6; approved += 1) {
    await expect(approval.panel).toBeVisible();
    await expect(workspace.withStatus('completed')).toHaveCount(approved);
    await expect(workspace.withStatus('pending_approval')).toHaveCount(1);
    await expect(workspace.status, 'nothing is written meanwhile').toHaveText('待审阅');
    expect((await workspace.words()).length).toBeGreaterThan(0);
    await approval.approve.click();
    await expect(workspace.withStatus('completed')).toHaveCount(approved + 1);
  }
  await expect(workspace.status).toHaveText('已完成');
  await expect(approval.panel).toHaveCount(0);
  const said = await toasts();
  expect(said.filter((text) => text.startsWith('✅')).length).toBeLessThanOrEqual(6);
});

test('S20: a text that waits is told, and not called completed', async ({ page, api }) => {
  const { id } = await api.createSession(MANUAL);
  const workspace = new Workspace(page);
  await workspace.open(id);
  const toasts = await recordToasts(page);
  await workspace.control('开始').click();

  await expect(toast(page, '📝 任务待审阅: 大纲')).toBeVisible();
  await expect(page.getByText('等你审阅：大纲')).toBeVisible();
  expect((await toasts()).filter((text) => text.startsWith('✅'))).toEqual([]);
});

test('S20: a text is written anew with feedback, which is listed', async ({ page, api }) => {
  const { id } = await api.startSession(MANUAL);
  const workspace = new Workspace(page);
  const approval = new Approval(page);
  await workspace.open(id);
  await expect(approval.panel).toBeVisible();
  const [before] = await api.tasks(id);

  await approval.rewrite('结尾多写两句海。');

  await expect
    .poll(async () => (await api.tasks(id))[0]?.updated_at, 'the text is written once more')
    .not.toBe(before?.updated_at);
  await expect(approval.panel).toBeVisible();
  await expect(page.getByRole('list', { name: '留言记录' })).toContainText('结尾多写两句海。');
  expect((await api.session(id)).feedback).toEqual([
    expect.objectContaining({ message: '结尾多写两句海。', task_id: before?.task_id }),
  ]);
});

test('S20: a rejected text is gone and the session pauses, to be resumed by a person', async ({
  page,
  api,
}) => {
  const { id } = await api.startSession(MANUAL);
  const workspace = new Workspace(page);
  const approval = new Approval(page);
  await workspace.open(id);
  await approval.panel.getByRole('button', { name: '驳回' }).click();
  await expect(approval.confirmation).toContainText('会话会随之暂停');
  await page.keyboard.press('Escape');
  await expect(approval.confirmation).toHaveCount(0);
  await expect(approval.panel).toBeVisible();

  await approval.reject();

  await expect(workspace.status).toHaveText('已暂停');
  await expect(workspace.withStatus('pending_approval')).toHaveCount(0);
  await expect(page.getByRole('region', { name: '正文' })).toBeFocused();
  await workspace.control('继续').click();
  await expect(approval.panel).toBeVisible();
});

test('S20: what waits is found on the first page and decided among the tasks, with the keyboard alone', async ({
  page,
  api,
}) => {
  const { id } = await api.startSession(MANUAL);
  await expect.poll(async () => (await api.tasks(id))[0]?.status).toBe('pending_approval');
  await page.goto('/');
  await page.getByRole('link', { name: /待审阅的任务/ }).press('Enter');
  await page.getByTestId('task').getByRole('link').press('Enter');
  const approval = new Approval(page);
  await approval.approve.press('Enter');

  await expect(page.getByRole('heading', { level: 2 }).first()).toBeFocused();
  await expect.poll(async () => (await api.tasks(id))[0]?.status).toBe('completed');
});

test('S20: a decision made in one tab is seen in the other', async ({ context, api }) => {
  const { id } = await api.startSession(MANUAL);
  const [left, right] = [await context.newPage(), await context.newPage()];
  for (const tab of [left, right]) {
    await new Workspace(tab).open(id);
    await expect(new Approval(tab).panel).toBeVisible();
  }
  await new Approval(left).approve.click();
  for (const tab of [left, right]) await expect(new Workspace(tab).withStatus('completed')).toHaveCount(1);
});

test.describe('while the server is away', () => {
  test.use({ toleratedErrors: SERVER_IS_GONE });

  test('S20: a decision waits for it, and is made once it is back', async ({ page, api, server }) => {
    const { id } = await api.startSession(MANUAL);
    const approval = new Approval(page);
    await new Workspace(page).open(id);
    await expect(approval.panel).toBeVisible();

    await server.kill();
    await expect(new ConnectionCard(page).card).toBeVisible();
    await approval.approve.click();
    await expect(approval.panel).toContainText('“通过”会在恢复连接后发送');
    await server.start();

    await expect(new Workspace(page).withStatus('completed')).toHaveCount(1);
    expect((await api.tasks(id))[0]?.status).toBe('completed');
  });
});
