import { expect, PACE, test } from './support/fixtures';
import { PAGES } from './support/pages';
import { Workspace } from './support/workspace';

test.describe('landmarks and headings', () => {
  for (const { path, heading } of [...PAGES, { path: '/no/such/page', heading: '这一页还没写' }]) {
    test(`${path} has the frame of every page, one main part and one first heading`, async ({ page }) => {
      await page.goto(path);
      await expect(page.getByRole('heading', { level: 1 })).toHaveText(heading);
      await expect(page.locator('body')).toMatchAriaSnapshot(`
        - link "跳到正文"
        - banner:
          - link "Creative AutoGPT"
        - navigation "主导航":
          ${PAGES.map(({ name }) => `- link "${name}"`).join('\n          ')}
        - region "偏好":
          - button "English"
          - group "外观":
            - radio "跟随系统"
            - radio "浅色"
            - radio "深色"
        - main:
          - heading "${heading}" [level=1]
      `);
      await expect(page.getByRole('main')).toHaveCount(1);
      await expect(page.getByRole('heading', { level: 1 })).toHaveCount(1);
      await expect(page.locator('html')).toHaveAttribute('lang', 'zh-CN');
      await expect(page).toHaveTitle(/.+ · Creative AutoGPT|Creative AutoGPT/);
    });
  }

  test('the workspace names its parts', async ({ page, api }) => {
    const { id } = await api.startSession({ title: '一座桥', goal: { chapter_count: 1, word_count: 300 } });
    const workspace = new Workspace(page);
    await workspace.open(id);
    await workspace.untilCompleted(6);
    await expect(page.getByRole('main')).toMatchAriaSnapshot(`
      - main:
        - heading "一座桥" [level=1]
        - group "会话控制":
          - button "导出"
          - button "更多操作"
        - progressbar "写作进度"
        - status
        - region "计划":
          - heading "计划" [level=2]
          - list
        - region "正文"
        - complementary "详情"
    `);
  });
});

test('the keyboard alone: skip link, navigation with the focus on the new heading, a dialog that gives the focus back', async ({
  page,
}) => {
  await page.goto('/');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();

  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: '跳到正文' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('main')).toBeFocused();

  await page.getByRole('link', { name: '会话', exact: true }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: '会话' })).toBeFocused();

  const opener = page.getByRole('button', { name: '新建会话' }).first();
  await opener.focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog').getByLabel('题目')).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(opener).toBeFocused();
  await expect(opener, 'the focus is seen').toHaveCSS('outline-style', 'solid');
});

test.describe('while a text is written', () => {
  test.use({ pace: PACE.watchable });

  test('every control on the page has a name, and every picture a text or none to tell', async ({
    page,
    api,
  }) => {
    const { id } = await api.startSession({ title: '有名字的', goal: { chapter_count: 1, word_count: 600 } });
    const workspace = new Workspace(page);
    await workspace.open(id);
    await expect(workspace.withStatus('running')).toHaveCount(1);
    for (const role of ['button', 'link', 'progressbar', 'radio'] as const) {
      await expect(page.getByRole(role).filter({ visible: true }).first()).toBeVisible();
      await expect(page.getByRole(role, { name: /^$/ }), role).toHaveCount(0);
    }
    await expect(
      page.locator('img:not([alt]), svg:not([aria-hidden="true"] *, [aria-hidden="true"], [role="img"])'),
    ).toHaveCount(0);
  });
});
