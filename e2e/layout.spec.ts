import type { Page } from '@playwright/test';
import { expect, PACE, SERVER_IS_GONE, test } from './support/fixtures';
import { PATHS } from './support/pages';
import { Workspace } from './support/workspace';

/**
 * The narrowest and the widest windows that are looked at, phones upright and sideways, and those where a
 * layout ends.
 */
const WINDOWS = [
  [320, 640],
  [390, 844],
  [844, 390],
  [768, 1024],
  [1024, 768],
  [1280, 800],
  [1920, 1080],
] as const;
/** As long as a title may be, and without a place to break it. */
const LONG_TITLE = '潮'.repeat(100) + 'W'.repeat(100);
const WORK = { chapter_count: 1, word_count: 300, language: 'zh' as const };

/** Names of the controls that are on the screen but under something else. */
function coveredControls(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const isOnScreen = (control: Element, x: number, y: number): boolean => {
      for (let parent = control.parentElement; parent !== null; parent = parent.parentElement) {
        const { top, right, bottom, left } = parent.getBoundingClientRect();
        const isPane = getComputedStyle(parent).overflow !== 'visible';
        if (isPane && (x < left || x > right || y < top || y > bottom)) return false;
      }
      return x >= 0 && y >= 0 && x < innerWidth && y < innerHeight;
    };
    // What lies over a page on purpose, at an edge of it: the page goes on behind it.
    const isAbove = (element: Element): boolean =>
      element.closest('app-connection-card, .destinations, .brand') !== null;
    return [...document.querySelectorAll('a, button, app-scheme-switch label')]
      .filter((control) => control.checkVisibility() && !control.matches('.skip'))
      .flatMap((control) => {
        const { left, top, width, height } = control.getBoundingClientRect();
        const [x, y] = [left + width / 2, top + height / 2];
        const found = isOnScreen(control, x, y) ? document.elementFromPoint(x, y) : control;
        const isFree =
          found !== null && (control.contains(found) || found.contains(control) || isAbove(found));
        return isFree ? [] : [`${control.textContent.trim()} under ${found?.className ?? 'nothing'}`];
      });
  });
}

/** How far anything of the page sticks out on the side, in pixels. */
function excess(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}

test.describe('with the longest title', () => {
  test('nothing is covered or sticks out, in any window', async ({ page, api }) => {
    const { id } = await api.startSession({
      title: LONG_TITLE,
      goal: { ...WORK, genre: LONG_TITLE.slice(0, 100) },
      config: { approval: 'manual' },
    });
    await page.goto(`/workspace/${id}`);
    await expect(page.locator('app-approval-panel')).toBeVisible();
    const [task] = await api.tasks(id);
    for (const path of [...PATHS, `/tasks/${task?.task_id ?? ''}`, `/workspace/${id}`]) {
      await page.goto(path);
      await expect(page.getByText(LONG_TITLE).first()).toBeAttached();
      for (const [width, height] of WINDOWS) {
        await page.setViewportSize({ width, height });
        const where = `${path} at ${width} × ${height}`;
        expect(await coveredControls(page), where).toEqual([]);
        expect(await excess(page), where).toBeLessThanOrEqual(0);
      }
    }
  });

  test('dialogs show their title, fields and choices whole', async ({ page, api }) => {
    const { id } = await api.createSession({ title: LONG_TITLE, goal: WORK });
    const dialog = page.locator('mat-dialog-container');
    /** What is cut off at the edge of the window or of the part that scrolls, in pixels. */
    const cutOff = (): Promise<number> =>
      dialog.evaluate((container) => {
        const edge = container.querySelector('mat-dialog-content')?.getBoundingClientRect();
        const label = container.querySelector('.mdc-floating-label')?.getBoundingClientRect();
        const box = container.getBoundingClientRect();
        return Math.max(
          (edge?.top ?? 0) - (label?.top ?? Infinity),
          box.bottom - innerHeight,
          container.scrollWidth - container.clientWidth,
        );
      });
    await page.goto(`/workspace/${id}`);
    for (const [item, role] of [
      ['重命名', 'dialog'],
      ['删除', 'alertdialog'],
    ] as const) {
      await page.getByRole('button', { name: '更多操作' }).click();
      await page.getByRole('menuitem', { name: item }).click();
      await expect(page.getByRole(role)).toBeVisible();
      for (const [width, height] of WINDOWS) {
        await page.setViewportSize({ width, height });
        await expect.poll(cutOff, `${item} at ${width} × ${height}`).toBeLessThanOrEqual(0);
      }
      await page.keyboard.press('Escape');
      await expect(dialog).toHaveCount(0);
    }

    await page.setViewportSize({ width: 1280, height: 800 });
    await page.goto('/');
    await page.getByRole('button', { name: '新建会话' }).first().click();
    const choice = dialog.getByRole('radio').last();
    await choice.click();
    expect(
      await dialog
        .locator('mat-dialog-content')
        .evaluate((content) => content.scrollHeight - content.clientHeight),
      'what there is to scroll at 1280 × 800',
    ).toBeLessThanOrEqual(0);
  });
});

test.describe('a toast', () => {
  test.use({ pace: PACE.watchable, toleratedErrors: SERVER_IS_GONE });

  test('lies over no text that is being written, no control beside it and no navigation', async ({
    page,
    api,
  }) => {
    const { id } = await api.startSession({ title: '一阵任务', goal: { ...WORK, word_count: 900 } });
    const workspace = new Workspace(page);
    await workspace.open(id);
    const toasts = page.locator('.ngx-toastr').filter({ visible: true });
    await expect(toasts.first()).toBeVisible();
    await toasts.first().hover();
    for (const [width, height] of WINDOWS) {
      await page.setViewportSize({ width, height });
      const covered = await toasts.first().evaluate((toast) => {
        const over = toast.getBoundingClientRect();
        return [
          ...document.querySelectorAll(
            'app-manuscript, app-session-controls button, .destinations, app-language-switch',
          ),
        ]
          .filter(
            (element) =>
              element.checkVisibility() && !(element.matches('app-language-switch') && innerWidth < 720),
          )
          .filter((element) => {
            const { top, right, bottom, left } = element.getBoundingClientRect();
            return left < over.right && right > over.left && top < over.bottom && bottom > over.top;
          })
          .map(({ nodeName, textContent }) => `${nodeName} ${textContent.slice(0, 20)}`);
      });
      expect(covered, `at ${width} × ${height}`).toEqual([]);
    }
  });
});

test.describe('while a page loads', () => {
  for (const [width, height] of [
    [390, 844],
    [1280, 800],
  ] as const) {
    test(`nothing moves at ${width} × ${height}`, async ({ page, api }) => {
      for (const title of ['甲', '乙', '丙']) await api.startSession({ title, goal: WORK });
      await page.setViewportSize({ width, height });
      await page.addInitScript(() => {
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries()) {
            const moved = 'value' in entry ? Number(entry.value) : 0;
            document.documentElement.dataset['moved'] = String(
              Number(document.documentElement.dataset['moved'] ?? 0) + moved,
            );
          }
        }).observe({ type: 'layout-shift', buffered: true });
      });
      for (const path of PATHS) {
        await page.goto(path);
        await expect(page.getByText('甲').first()).toBeVisible();
        await page.waitForLoadState('networkidle');
        const moved = await page.evaluate(() => Number(document.documentElement.dataset['moved'] ?? 0));
        expect(moved, `cumulative layout shift of ${path}`).toBeLessThan(0.02);
      }
    });
  }
});

test.describe('in forced colours', () => {
  test('meters and what is open are seen by their borders', async ({ page, api }) => {
    const { id } = await api.startSession({ title: '黑白', goal: WORK });
    await page.emulateMedia({ forcedColors: 'active' });
    const workspace = new Workspace(page);
    await workspace.open(id);
    await workspace.untilCompleted(6);
    await expect(workspace.progress).toHaveCSS('border-top-width', '1px');
    await expect(page.getByRole('meter').first()).toHaveCSS('border-top-width', '1px');
    const open = page.locator('app-plan [aria-current=true]');
    await expect(open).toHaveCSS('border-top-width', '2px');
    await page.goto('/tasks');
    await page.getByTestId('task').first().getByRole('link').click();
    await expect(page.locator('[data-testid=task] a.open')).toHaveCSS('border-top-width', '2px');
  });
});
