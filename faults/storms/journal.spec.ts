import type { Browser } from '@playwright/test';
import { openChromium, openClient, received, reportOf } from '../chromium';
import { Pages } from '../clients/pages';
import { LatestEvents } from '../latest-events';
import { makeFaults, NETWORK_FAULTS } from '../network/fault';
import { FaultProxy } from '../network/fault-proxy';
import { JournalServer } from '../servers/journal-server';
import { writeSteadily } from '../servers/load';
import { SeededRandom } from '../seeded-random';
import { SEED, SHORT } from '../settings';
import { EXACT, tally } from '../tally';
import { storm } from './storm';

const FAULTS = SHORT ? 12 : 120;
/** Commands that are under way when a fault happens. */
const COMMANDS_A_FAULT = 5;

describe(`the client of a journal server, through ${FAULTS} faults of seed ${SEED}`, () => {
  let browser: Browser;
  let pages: Pages;
  let server: JournalServer;
  let proxy: FaultProxy;

  beforeAll(async () => {
    [browser, pages, server] = await Promise.all([
      openChromium(),
      Pages.open(['realtime']),
      JournalServer.open(),
    ]);
    proxy = await FaultProxy.open(() => server.port);
  }, 30_000);

  afterAll(async () => {
    proxy.close();
    pages.close();
    await Promise.all([browser.close(), server.kill()]);
  });

  it('has every event once and in order, the state of the server, and every command done once', async () => {
    const { log } = server;
    const page = await openClient(browser, pages.url('realtime'), { url: `ws://127.0.0.1:${proxy.port}` });
    const stop = writeSteadily(log);
    await received(page, 1);
    let commands = 0;

    await storm(
      makeFaults(new SeededRandom(SEED), FAULTS, [...NETWORK_FAULTS, 'kill']),
      server,
      [proxy],
      async () => {
        const names = Array.from({ length: COMMANDS_A_FAULT }, () => String(++commands));
        await page.evaluate((all) => all.forEach((name) => window.client.command(name)), names);
      },
    );
    stop();
    await received(page, log.offset);
    await page.waitForFunction((count) => window.client.report().acknowledged.length === count, commands, {
      timeout: 20_000,
    });

    process.stdout.write(`\n${log.offset} events and ${commands} commands over ${server.links} links\n`);
    const report = await reportOf(page);
    expect(tally(report.received, log.offset)).toEqual(EXACT);
    expect(report.gaps).toEqual([]);
    expect(report.state).toEqual(stateSince(server, report.received[0]));
    expect(log.done).toEqual(Array.from({ length: commands }, (_, index) => index + 1));
    expect(report.failures).toEqual([]);
  }, 400_000);
});

/** What the events from the number `first` on add up to. */
function stateSince({ log }: JournalServer, first = 1): Record<string, string> {
  const latest = new LatestEvents();
  for (const [event] of log.since(first - 1)) {
    latest.add(event);
  }
  return latest.state;
}
