import { ConnectionCard } from './support/connection-card';
import { expect, PACE, test } from './support/fixtures';
import { Sessions } from './support/sessions';
import { Workspace } from './support/workspace';

test('多标签页同步: five tabs of one browser see what is created, renamed and deleted in any of them', async ({
  context,
}) => {
  const author = await context.newPage();
  const creating = new Sessions(author);
  const renaming = new Sessions(await context.newPage());
  const deleting = new Sessions(await context.newPage());
  const watching = [new Sessions(await context.newPage()), new Sessions(await context.newPage())];
  const lists = [renaming, deleting, ...watching];
  for (const tab of [creating, ...lists]) await tab.open();

  await creating.create({ title: '五页之书', chapters: 1, length: 300 });
  for (const tab of lists) await expect(tab.card('五页之书')).toContainText('6/6');

  await renaming.rename('五页之书', '六页之书');
  for (const tab of lists) await expect(tab.card('六页之书')).toBeVisible();
  for (const tab of lists) await expect(tab.card('五页之书')).toHaveCount(0);
  await expect(author.getByRole('heading', { level: 1 })).toHaveText('六页之书');

  await deleting.delete('六页之书');
  for (const tab of lists) await expect(tab.cards).toHaveCount(0);
  await expect(author.getByText('找不到这个会话')).toBeVisible();
});

test('five tabs have one socket, and go on when the tab that keeps it is closed', async ({
  context,
  api,
  request,
}) => {
  const sockets = async (): Promise<number> =>
    Number(/^creative_autogpt_sockets_open (\d+)$/m.exec(await (await request.get('/metrics')).text())?.[1]);
  const tabs = await Promise.all(Array.from({ length: 5 }, () => context.newPage()));
  for (const tab of tabs) await new Sessions(tab).open();
  await expect.poll(sockets).toBe(1);

  const [keeper, ...others] = tabs;
  await keeper?.close();
  await expect.poll(sockets, 'another tab has taken over').toBe(1);
  const { id, title } = await api.startSession({
    title: '接力',
    goal: { chapter_count: 1, word_count: 300, language: 'zh' },
  });
  for (const tab of others) {
    await expect(new Sessions(tab).card(title)).toContainText('6/6');
    await expect(new ConnectionCard(tab).card).toHaveCount(0);
  }
  for (const tab of others) await new Workspace(tab).open(id);
  expect(await sockets()).toBe(1);
});

test.describe('while each task takes longer than the test', () => {
  test.use({ pace: PACE.readable });

  test('S5: a second tab of a session shows the text from its beginning, and goes on with it', async ({
    context,
    api,
  }) => {
    const { id } = await api.startSession({
      title: '两处同读',
      goal: { chapter_count: 1, word_count: 300, language: 'zh' },
    });
    const [first, second] = [new Workspace(await context.newPage()), new Workspace(await context.newPage())];
    await first.open(id);
    await first.readRunning();
    await expect.poll(async () => (await first.words()).length).toBeGreaterThan(10);
    const beginning = await first.words();

    await second.open(id);
    await second.readRunning();
    await expect.poll(() => second.words()).toContain(beginning);
    const before = await second.words();
    await expect.poll(() => second.words()).not.toBe(before);
  });
});

test('30 tasks watched to the end in two tabs: both show the same, and what the server has stored', async ({
  context,
  api,
}) => {
  const { id } = await api.createSession({
    title: '三十步',
    goal: { chapter_count: 13, word_count: 6500, language: 'zh' },
  });
  const left = new Workspace(await context.newPage());
  const right = new Workspace(await context.newPage());
  const tabs = [left, right];
  for (const tab of tabs) await tab.open(id);

  await left.control('开始').click();
  for (const tab of tabs) {
    await expect(tab.tasks).toHaveCount(30);
    await tab.untilCompleted(30);
    await expect(tab.status).toHaveText('已完成');
    await expect(tab.progress).toHaveAttribute('aria-valuenow', '100');
  }

  const truth = await api.tasks(id);
  const plan = truth.map(({ task_id, status }) => ({ id: task_id, status }));
  for (const tab of tabs) expect(await tab.shownTasks()).toEqual(plan);
  for (const { task_id, title, result } of truth) {
    for (const tab of tabs) {
      await tab.read(task_id);
      await expect.poll(() => tab.words(), title).toBe(wordsOf(result ?? ''));
    }
  }
});

/** A Markdown text as {@link Workspace.words} shows it. */
function wordsOf(markdown: string): string {
  return markdown.replace(/[\s#*>_\\-]/g, '');
}
