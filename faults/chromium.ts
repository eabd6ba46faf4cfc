import { type Browser, type BrowserContext, chromium, type Page } from '@playwright/test';
import type { ClientOptions, ClientReport } from './clients/client-under-faults';

/** Executable of the browser that the suites use. */
export const CHROME_BIN = process.env['CHROME_BIN'] ?? '';

/** @param executablePath starts the browser, in whatever surroundings */
export function openChromium(executablePath = CHROME_BIN): Promise<Browser> {
  return chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  });
}

/** Opens the page of a client, which connects. */
export async function openClient(
  browser: Browser | BrowserContext,
  url: string,
  options: ClientOptions,
): Promise<Page> {
  const page = await browser.newPage();
  await page.goto(url);
  await page.evaluate((given) => window.client.connect(given), options);
  return page;
}

/**
 * Resolves once the client has received the event `index`, or a later one.
 *
 * @param timeout milliseconds after which it is taken for lost, and the promise is rejected
 */
export async function received(page: Page, index: number, timeout = 20_000): Promise<void> {
  await page.waitForFunction((awaited) => window.client.last() >= awaited, index, { timeout });
}

export function reportOf(page: Page): Promise<ClientReport> {
  return page.evaluate(() => window.client.report());
}
