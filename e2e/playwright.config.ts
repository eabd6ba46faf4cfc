import { defineConfig } from '@playwright/test';
import { findChromium } from '../scripts/browsers.mjs';

const executablePath = findChromium();
if (executablePath === undefined) {
  throw new Error('There is no Chromium here: run `npm test e2e`, which installs one, or set CHROME_BIN.');
}

/**
 * Every test starts a server of its own, so all of them may run at the same time. Nothing is traced, since
 * that slows every test down; `--trace retain-on-failure` shows what a failing one did.
 */
export default defineConfig({
  testDir: '.',
  outputDir: '../test-results/e2e',
  fullyParallel: true,
  forbidOnly: true,
  workers: 2,
  timeout: 120_000,
  expect: { timeout: 30_000 },
  reporter: [['list']],
  use: {
    browserName: 'chromium',
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    viewport: { width: 1440, height: 900 },
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath,
      args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
    },
  },
});
