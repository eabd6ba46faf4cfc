import { setTimeout as pause } from 'node:timers/promises';
import type { Browser, BrowserContext, Page } from '@playwright/test';
import { openChromium, openClient, received, reportOf } from '../chromium';
import { Pages } from '../clients/pages';
import { makeFaults, NETWORK_FAULTS } from '../network/fault';
import { FaultProxy } from '../network/fault-proxy';
import { JournalServer } from '../servers/journal-server';
import { writeSteadily } from '../servers/load';
import { SeededRandom } from '../seeded-random';
import { SEED, SHORT } from '../settings';
import { EXACT, tally } from '../tally';
import { until } from './until';

const TABS = 5;
const FAULTS = SHORT ? 6 : 60;

describe(`five tabs of one connection, through ${FAULTS} faults of seed ${SEED}`, () => {
  let browser: Browser;
  let context: BrowserContext;
  let pages: Pages;
  let server: JournalServer;
  let proxy: FaultProxy;
  /** The open tabs by the path with which each of them asks for a socket. */
  const tabs = new Map<string, Page>();
  let opened = 0;

  beforeAll(async () => {
    [browser, pages, server] = await Promise.all([
      openChromium(),
      Pages.open(['realtime']),
      JournalServer.open(),
    ]);
    context = await browser.newContext();
    proxy = await FaultProxy.open(() => server.port);
  }, 30_000);

  afterAll(async () => {
    proxy.close();
    pages.close();
    await Promise.all([browser.close(), server.kill()]);
  });

  async function openTab(): Promise<void> {
    const path = `/?tab=${++opened}`;
    const url = `ws://127.0.0.1:${proxy.port}${path}`;
    tabs.set(path, await openClient(context, pages.url('realtime'), { url, shared: true }));
  }

  /** Closes the tab that has the socket, once there is one. */
  async function closeLeader(): Promise<void> {
    await until(() => server.newestPath !== null && tabs.has(server.newestPath));
    const path = server.newestPath ?? '';
    const leader = tabs.get(path);
    tabs.delete(path);
    await leader?.close();
  }

  it('are exact in every tab, though the one that has the socket is closed each time', async () => {
    const { log } = server;
    while (tabs.size < TABS) {
      await openTab();
    }
    const stop = writeSteadily(log);
    await Promise.all([...tabs.values()].map((tab) => received(tab, 1)));

    for (const fault of makeFaults(new SeededRandom(SEED), FAULTS, NETWORK_FAULTS)) {
      const suffered = proxy.suffer(fault);
      // Before, while or after the leader notices.
      await pause(fault.after);
      await closeLeader();
      await suffered;
      await openTab();
      const reached = log.offset;
      await Promise.all([...tabs.values()].map((tab) => received(tab, reached)));
    }
    stop();

    process.stdout.write(`\n${log.offset} events for ${opened} tabs over ${server.links} links\n`);
    for (const tab of tabs.values()) {
      await received(tab, log.offset);
      const report = await reportOf(tab);
      expect(tally(report.received, log.offset)).toEqual(EXACT);
      expect(report.gaps).toEqual([]);
    }
    expect(tabs.size).toBe(TABS);
  }, 400_000);
});
