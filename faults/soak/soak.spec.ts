import type { Browser, CDPSession, Page } from '@playwright/test';
import { table } from '../../bench/table';
import { openChromium } from '../chromium';
import { Pages } from '../clients/pages';
import type { LiveCounts } from '../clients/live-counts';
import { JournalServer } from '../servers/journal-server';
import { SHORT } from '../settings';

const SUBSCRIPTIONS = SHORT ? 2_000 : 10_000;
const RECONNECTS = SHORT ? 100 : 1_000;
/** Rounds over which the work is spread, with events in between. */
const ROUNDS = 20;
/** Bytes by which the heap may differ for reasons that are not the library's, such as compiled code. */
const HEAP_NOISE = 200_000;

interface Sizes extends LiveCounts {
  readonly listeners: number;
  readonly heap: number;
}

describe(`${SUBSCRIPTIONS} subscriptions and ${RECONNECTS} reconnects`, () => {
  let browser: Browser;
  let pages: Pages;
  let server: JournalServer;

  beforeAll(async () => {
    [browser, pages, server] = await Promise.all([
      openChromium(),
      Pages.open(['soak']),
      JournalServer.open(),
    ]);
  }, 30_000);

  afterAll(async () => {
    pages.close();
    await Promise.all([browser.close(), server.kill()]);
  });

  async function work(page: Page, rounds: number): Promise<void> {
    for (let round = 0; round < rounds; round += 1) {
      await page.evaluate((count) => window.soak.subscribe(count), SUBSCRIPTIONS / ROUNDS);
      for (let reconnect = 0; reconnect < RECONNECTS / ROUNDS; reconnect += 1) {
        const before = await page.evaluate(() => window.soak.connections());
        server.log.write();
        server.endLinks();
        await page.waitForFunction((count) => window.soak.connections() > count, before, { polling: 5 });
      }
    }
  }

  it('leave nothing behind', async () => {
    const page = await browser.newPage();
    await page.goto(pages.url('soak'));
    await page.evaluate((url) => window.soak.connect(url), `ws://127.0.0.1:${server.port}`);
    await page.waitForFunction(() => window.soak.connections() > 0);
    const devtools = await page.context().newCDPSession(page);
    await devtools.send('Performance.enable');

    // The first fifth fills caches and has code compiled; the middle of the rest is compared with its end.
    await work(page, ROUNDS / 5);
    const early = await sizesOf(page, devtools);
    await work(page, (ROUNDS * 2) / 5);
    const half = await sizesOf(page, devtools);
    await work(page, (ROUNDS * 2) / 5);
    const end = await sizesOf(page, devtools);

    const rows = Object.entries({ early, half, end }).map(([when, sizes]) => [
      when,
      ...[sizes.listeners, sizes.timers, sizes.subscriptions, Math.round(sizes.heap / 1_000)].map(String),
    ]);
    process.stdout.write(`\n${table(['', 'listeners', 'timers', 'subscriptions', 'heap, kB'], rows)}\n`);
    expect(end.listeners).toBe(early.listeners);
    expect(end.timers).toBe(early.timers);
    expect(end.subscriptions).toBe(early.subscriptions);
    expect(end.heap - half.heap).toBeLessThan(HEAP_NOISE);
  }, 200_000);
});

/** Sizes after everything that can be collected was. */
async function sizesOf(page: Page, devtools: CDPSession): Promise<Sizes> {
  for (let time = 0; time < 3; time += 1) {
    await devtools.send('HeapProfiler.collectGarbage');
  }
  const { metrics } = await devtools.send('Performance.getMetrics');
  const metric = (wanted: string): number => metrics.find(({ name }) => name === wanted)?.value ?? Number.NaN;
  const live = await page.evaluate(() => window.soak.live());
  return { ...live, listeners: metric('JSEventListeners'), heap: metric('JSHeapUsedSize') };
}
