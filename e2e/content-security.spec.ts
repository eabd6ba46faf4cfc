import type { BrowserContext } from '@playwright/test';
import { expect, PACE, test } from './support/fixtures';
import { Sessions } from './support/sessions';
import { toast } from './support/toasts';
import { Workspace } from './support/workspace';

declare global {
  interface Window {
    reportViolation: (violation: string) => Promise<void>;
  }
}

/**
 * Whatever the pages of this context do against their policy from now on, also where no error is shown for
 * it.
 */
async function recordViolations(context: BrowserContext): Promise<readonly string[]> {
  const violations: string[] = [];
  await context.exposeFunction('reportViolation', (violation: string) => violations.push(violation));
  await context.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      const { violatedDirective, blockedURI, sourceFile, lineNumber, sample } = event;
      void window.reportViolation(
        `${violatedDirective} ${blockedURI} at ${sourceFile}:${lineNumber} ${sample}`,
      );
    });
  });
  return violations;
}

test.describe('while a text is written and afterwards', () => {
  test.use({ pace: PACE.watchable });

  test('no page does what its content security policy forbids', async ({ page, context }) => {
    const violations = await recordViolations(context);

    await page.goto('/');
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await page.getByRole('button', { name: 'English' }).click();
    await page.getByRole('button', { name: '中文' }).click();
    for (const look of ['深色', '跟随系统']) await page.getByRole('radio', { name: look }).press('Space');

    const sessions = new Sessions(page);
    await sessions.create({ title: '潮汐档案', chapters: 1, length: 300 });
    await expect(toast(page, /✅ .*任务完成/).first()).toBeVisible();
    const workspace = new Workspace(page);
    await workspace.untilCompleted(6);
    const [task] = await workspace.shownTasks();
    await workspace.read(task?.id ?? '');
    await expect(
      workspace.manuscript.locator('p, li, h1, h2, h3').first(),
      'the text as Markdown',
    ).toBeVisible();
    await page.getByRole('button', { name: '更多操作' }).click();
    await expect(page.getByRole('menu')).toBeVisible();
    await page.keyboard.press('Escape');

    await sessions.open();
    await sessions.rename('潮汐档案', '潮汐档案（改）');
    await page.goto('/tasks');
    await expect(page.getByRole('main').getByRole('link', { name: '大纲' }).first()).toBeVisible();
    await page.goto('/no/such/page');
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await sessions.open();
    await sessions.delete('潮汐档案（改）');

    expect(violations).toEqual([]);
  });
});

test.describe('a style that is not the application’s own', () => {
  test.use({ toleratedErrors: /Content Security Policy/ });

  test('is not applied: the browser keeps to the policy', async ({ page, context }) => {
    const violations = await recordViolations(context);
    await page.goto('/');

    await page.evaluate(() => {
      const style = document.createElement('style');
      style.textContent = 'body { color: red }';
      document.head.append(style);
    });

    await expect.poll(() => violations).toEqual([expect.stringMatching(/^style-src/)]);
  });
});
