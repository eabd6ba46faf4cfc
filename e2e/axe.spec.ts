import type { Page } from '@playwright/test';
import axe from 'axe-core';
import { expect, test } from './support/fixtures';
import { PATHS } from './support/pages';
import { Workspace } from './support/workspace';

declare global {
  interface Window {
    readonly axe: typeof axe;
  }
}

/**
 * What axe finds wrong with a page, a line for each element. Headings inside a text are left out: an author
 * may skip a level.
 */
async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  return page.evaluate(async () => {
    const found = await window.axe.run(document, { resultTypes: ['violations'] });
    return found.violations
      .flatMap(({ id, nodes }) => nodes.map(({ target }) => ({ id, where: target.join(' ') })))
      .filter(
        ({ id, where }) => id !== 'heading-order' || !document.querySelector(where)?.closest('app-task-text'),
      )
      .map(({ id, where }) => `${id}: ${where}`);
  });
}

for (const colorScheme of ['light', 'dark'] as const) {
  for (const [screen, viewport] of Object.entries({
    phone: { width: 390, height: 844 },
    desktop: { width: 1280, height: 800 },
  })) {
    test.describe(`${screen}, ${colorScheme}`, () => {
      test.use({ colorScheme, viewport });

      test('axe finds nothing on any page or dialog @release', async ({ page, api }) => {
        const goal = { chapter_count: 1, word_count: 300, language: 'zh' as const };
        const { id } = await api.startSession({ title: '无障碍', goal });
        const waiting = await api.startSession({ title: '等审阅', goal, config: { approval: 'manual' } });
        const workspace = new Workspace(page);
        await workspace.open(id);
        await workspace.untilCompleted(6);
        const [task] = await api.tasks(id);
        const paths = [...PATHS, `/tasks/${task?.task_id ?? ''}`, `/workspace/${id}`];
        for (const path of [...paths, `/workspace/${id}?task=whole`, '/no/such/page']) {
          await page.goto(path);
          await page.waitForLoadState('networkidle');
          expect(await violations(page), path).toEqual([]);
        }

        await page.goto(`/workspace/${waiting.id}`);
        await expect(page.locator('app-approval-panel')).toBeVisible();
        for (const section of await page
          .locator('.sections')
          .getByRole('button')
          .filter({ visible: true })
          .all()) {
          await section.click();
          expect(await violations(page), `the workspace's ${await section.innerText()}`).toEqual([]);
        }

        const dialog = page.locator('mat-dialog-container');
        const expectNothingWrong = async (name: string): Promise<void> => {
          await expect(dialog).toBeVisible();
          await dialog.evaluate((opened) =>
            Promise.all(opened.getAnimations({ subtree: true }).map(({ finished }) => finished)),
          );
          expect(await violations(page), name).toEqual([]);
          await page.keyboard.press('Escape');
          await expect(dialog).toHaveCount(0);
        };
        for (const item of ['重命名', '删除']) {
          await page.getByRole('button', { name: '更多操作' }).click();
          await page.getByRole('menuitem', { name: item }).click();
          await expectNothingWrong(item);
        }
        await page.goto('/');
        await page.getByRole('button', { name: '新建会话' }).first().click();
        await expectNothingWrong('新建会话');
      });
    });
  }
}
