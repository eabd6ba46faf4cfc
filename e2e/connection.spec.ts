import { ConnectionCard } from './support/connection-card';
import { expect, SERVER_IS_GONE, test } from './support/fixtures';
import { borderColour } from './support/hue';

const LANGUAGES = [
  {
    locale: 'zh-CN',
    connecting: '正在连接...',
    disconnected: '已断开连接',
    reconnecting: '重连中 (1/5)',
    error: '连接错误',
    retry: '重试',
  },
  {
    locale: 'en-US',
    connecting: 'Connecting…',
    disconnected: 'Disconnected',
    reconnecting: 'Reconnecting (1/5)',
    error: 'Connection error',
    retry: 'Try again',
  },
];

/** Longer than any delay between two attempts, in milliseconds. */
const LONGEST_DELAY = 12_000;

/** Longer than any delay between two attempts in the background, in milliseconds. */
const LONGEST_BACKGROUND_DELAY = 40_000;

test.use({ toleratedErrors: SERVER_IS_GONE });

for (const words of LANGUAGES) {
  test.describe(words.locale, () => {
    test.use({ locale: words.locale });

    test('正常连接: once connected, nothing is said about the connection', async ({ page }) => {
      const socket = page.waitForEvent('websocket');
      await page.goto('/');
      await (await socket).waitForEvent('framereceived');
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      await expect(new ConnectionCard(page).card).toHaveCount(0);
    });

    test('断线重连: an orange card counts the attempts while the server is gone, and goes when it is back', async ({
      page,
      server,
    }) => {
      const { card } = new ConnectionCard(page);
      await page.goto('/');
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      await expect(card).toHaveCount(0);

      await server.kill();
      await expect(card).toContainText(words.disconnected);
      await expect(card).toContainText(words.reconnecting);
      await expect(card).toBeInViewport({ ratio: 1 });
      expect(await borderColour(card)).toBe('orange');

      await server.start();
      await expect(card).toHaveCount(0);
    });

    test('five failed attempts end in a red card, whose button connects again, in yellow until it has', async ({
      page,
      server,
    }) => {
      const connectionCard = new ConnectionCard(page);
      const { card, retry } = connectionCard;
      await page.clock.install();
      await page.goto('/');
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      await expect(card).toHaveCount(0);

      const attempts = await connectionCard.recordAttempts();
      await server.kill();
      await expect(async () => {
        await page.clock.fastForward(LONGEST_DELAY);
        await expect(card).toContainText(words.error, { timeout: 500 });
      }).toPass();
      expect(await attempts()).toEqual(['1/5', '2/5', '3/5', '4/5', '5/5']);
      expect(await borderColour(card)).toBe('red');
      await page.clock.fastForward(10 * LONGEST_DELAY);
      await expect(card, 'attempts in the background change nothing').toContainText(words.error);

      await server.start();
      server.freeze();
      await retry.click();
      await expect(card).toContainText(words.connecting);
      expect(await borderColour(card)).toBe('yellow');

      server.thaw();
      await expect(card).toHaveCount(0);
    });
  });
}

test('a card that tells of an error goes by itself once the server is back', async ({ page, server }) => {
  const { card, retry } = new ConnectionCard(page);
  await page.clock.install();
  await page.goto('/');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(card).toHaveCount(0);
  await server.kill();
  await expect(async () => {
    await page.clock.fastForward(LONGEST_DELAY);
    await expect(retry).toBeVisible({ timeout: 500 });
  }).toPass();

  await server.start();
  await page.clock.fastForward(LONGEST_BACKGROUND_DELAY);
  await expect(card).toHaveCount(0);
});
