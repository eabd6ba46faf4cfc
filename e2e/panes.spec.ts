import { expect, test } from './support/fixtures';
import { Workspace } from './support/workspace';

const WINDOWS = [
  [320, 568],
  [390, 844],
  [568, 320],
  [719, 900],
  [720, 480],
  [768, 1024],
  [844, 390],
  [1023, 700],
  [1024, 768],
  [1280, 800],
  [1440, 600],
  [1920, 1080],
] as const;
/** Below it the workspace shows one of its parts at a time. */
const ALL_PARTS = 1024;

test('the workspace is as high as the window, at every width and in each of its parts', async ({
  page,
  api,
}) => {
  const { id } = await api.startSession({
    title: '长夜航线与灯塔来信',
    goal: { chapter_count: 20, word_count: 2000, language: 'zh', requirement: '不写梦。'.repeat(300) },
  });
  await expect.poll(async () => (await api.session(id)).status, { timeout: 90_000 }).toBe('completed');
  const workspace = new Workspace(page);
  await workspace.open(id);
  await expect(workspace.tasks).toHaveCount(44);

  const parts = page.getByRole('group', { name: '工作台分区', includeHidden: true }).locator('button');
  for (const [width, height] of WINDOWS) {
    await page.setViewportSize({ width, height });
    const beyond: number[] = [];
    for (const part of width < ALL_PARTS ? await parts.all() : (await parts.all()).slice(0, 1)) {
      await part.dispatchEvent('click');
      beyond.push(
        await page.evaluate(
          () => document.documentElement.scrollHeight - document.documentElement.clientHeight,
        ),
      );
    }
    expect.soft(beyond, `${width} × ${height}`).toEqual(beyond.map(() => 0));
  }
});
