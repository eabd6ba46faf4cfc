import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { ROOT } from '../scripts/paths.mjs';
import { ConnectionCard } from './support/connection-card';
import { expect, PACE, SERVER_IS_GONE, test, UNAUTHENTICATED } from './support/fixtures';
import { PAGES } from './support/pages';
import { AUTH_SECRET, tokenFor } from './support/tokens';
import { Workspace } from './support/workspace';

const SCREENS = { desktop: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } } as const;
const SCHEMES = ['light', 'dark'] as const;
const WORKS = {
  zh: { locale: 'zh-CN', title: '潮汐档案', genre: '科幻', style: '冷峻', language: 'zh', length: 3000 },
  en: {
    locale: 'en-US',
    title: 'The Tide Archive',
    genre: 'Science fiction',
    style: 'Terse',
    language: 'en',
    length: 600,
  },
} as const;

/**
 * Two of the eight ways to look at a page, in which each screen, scheme and language is met; with
 * `SCREENSHOTS=all` all of them.
 */
function isLookedAt(screen: string, scheme: string, language: string): boolean {
  const way = `${screen}, ${scheme}, ${language}`;
  return process.env['SCREENSHOTS'] === 'all' || way === 'desktop, light, zh' || way === 'phone, dark, en';
}

/** Life, in seconds, of a token whose end is looked at. */
const EXPIRING = 10;

test.use({ pace: PACE.watchable, toleratedErrors: SERVER_IS_GONE });

for (const [screen, viewport] of Object.entries(SCREENS)) {
  for (const colorScheme of SCHEMES) {
    for (const [language, work] of Object.entries(WORKS)) {
      if (!isLookedAt(screen, colorScheme, language)) {
        continue;
      }
      test.describe(`${screen}, ${colorScheme}, ${language}`, { tag: '@release' }, () => {
        test.use({ viewport, colorScheme, locale: work.locale });

        const lookAt = async (page: Page, name: string): Promise<void> => {
          await expectNoSidewaysScrolling(page);
          const file = `${name}-${screen}-${colorScheme}-${language}.png`;
          await page.screenshot({
            path: join(ROOT, 'test-results', 'screenshots', file),
            animations: 'disabled',
          });
        };

        test('every page fits the screen', async ({ page, api, server }) => {
          const look = (name: string): Promise<void> => lookAt(page, name);
          const open = async (path: string): Promise<void> => {
            await page.goto(path);
            await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
            await page.waitForLoadState('networkidle');
          };

          await open('/no/such/page');
          await look('not-found');
          await open('/');
          await look('home-empty');
          await page.getByRole('main').getByRole('button').first().click();
          await expect(page.getByRole('dialog')).toBeVisible();
          await look('new-session');

          const { title, genre, style, length } = work;
          const goal = { genre, style, language: work.language, chapter_count: 2, word_count: length };
          const { id } = await api.startSession({ title, goal });
          const workspace = new Workspace(page);
          await page.goto(`/workspace/${id}`);
          await workspace.untilCompleted(3);
          await expect.poll(async () => (await workspace.manuscript.innerText()).length).toBeGreaterThan(120);
          await look('workspace');

          for (const { path, picture } of PAGES) {
            await open(path);
            await look(picture);
          }
          const [task] = await api.tasks(id);
          await page.goto(`/tasks/${task?.task_id ?? ''}`);
          await expect(page.locator('app-task-details')).toBeVisible();
          await look('task');

          await server.kill();
          await expect(new ConnectionCard(page).card).toBeVisible();
          await look('disconnected');
        });

        test('what asks a person to decide fits the screen', async ({ page, api }) => {
          const { title, length } = work;
          const { id } = await api.startSession({
            title,
            goal: { language: work.language, chapter_count: 1, word_count: length },
            config: { approval: 'manual' },
          });
          const panel = page.locator('app-approval-panel');
          const box = page.locator('app-feedback-box');
          await page.goto(`/workspace/${id}`);
          await expect(panel).toBeVisible();
          await lookAt(page, 'approval');
          await panel.getByRole('button').nth(1).click();
          await panel.getByRole('textbox').fill(title);
          await lookAt(page, 'approval-rewrite');
          await panel.getByRole('button').last().click();
          await panel.getByRole('button').last().click();
          await expect(page.getByRole('alertdialog')).toBeVisible();
          await lookAt(page, 'approval-reject');
          await page.keyboard.press('Escape');

          if (screen === 'phone') await page.locator('.sections').getByRole('button').last().click();
          await box.getByRole('textbox').fill(title);
          await box.getByRole('radio').last().check();
          await box.getByRole('button').click();
          await expect(box.getByRole('listitem')).toHaveCount(1);
          await box.getByRole('listitem').scrollIntoViewIfNeeded();
          await lookAt(page, 'feedback');

          await page.goto('/');
          await page
            .getByRole('link')
            .filter({ has: page.locator('.count') })
            .last()
            .click();
          await page.getByTestId('task').getByRole('link').click();
          await expect(panel).toBeVisible();
          await lookAt(page, 'approval-task');
        });

        test.describe('with sign-in', () => {
          test.use({ environment: { AUTH_SECRET }, toleratedErrors: UNAUTHENTICATED });

          test('signing in fits the screen', async ({ page }) => {
            const field = page.locator('input[type=password]');
            await page.goto('/');
            await expect(field).toBeVisible();
            await lookAt(page, 'sign-in');
            await field.fill('nonsense');
            await field.press('Enter');
            await expect(page.locator('mat-error')).toBeVisible();
            await lookAt(page, 'sign-in-refused');
            await field.fill(tokenFor('ada', EXPIRING));
            await field.press('Enter');
            await expect(page.locator('app-sign-out button')).toBeVisible();
            await lookAt(page, 'signed-in');
            await expect(page.locator('.expired')).toBeVisible();
            await lookAt(page, 'sign-in-expired');
          });
        });
      });
    }
  }
}

/** Nothing sticks out on the side: a page that scrolls sideways is broken on a phone. */
async function expectNoSidewaysScrolling(page: Page): Promise<void> {
  const excess = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(excess, 'pixels that stick out').toBeLessThanOrEqual(0);
}

if (process.env['UPDATE_SCREENSHOT'] === '1') {
  test('the picture in the README', async ({ page, api }) => {
    const goal = {
      genre: '科幻',
      style: '冷峻',
      language: 'zh' as const,
      chapter_count: 3,
      word_count: 2400,
    };
    const { id } = await api.startSession({ title: '潮汐档案', goal });
    const workspace = new Workspace(page);
    await workspace.open(id);
    await workspace.untilCompleted(3);
    await expect.poll(async () => (await workspace.words()).length).toBeGreaterThan(200);
    await page.screenshot({ path: join(ROOT, 'docs', 'screenshot.png') });
  });
}
