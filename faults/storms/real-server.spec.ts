import type { Browser } from '@playwright/test';
import * as v from 'valibot';
import { openChromium, openClient, received, reportOf } from '../chromium';
import { Pages } from '../clients/pages';
import { makeFaults, NETWORK_FAULTS } from '../network/fault';
import { FaultProxy } from '../network/fault-proxy';
import { RealServer } from '../servers/real-server';
import { SeededRandom } from '../seeded-random';
import { SEED, SHORT } from '../settings';
import { EXACT, tally } from '../tally';
import { storm } from './storm';
import { until } from './until';

const FAULTS = SHORT ? 6 : 60;
/** Sessions that are begun at each fault, each good for some forty updates: 200 updates a second and more. */
const SESSIONS_A_FAULT = 5;

/** What the client's state and the server's must agree on. */
const Counts = v.object({ status: v.string(), completed_tasks: v.number(), total_tasks: v.number() });

describe(`the client of the real server, through ${FAULTS} faults of seed ${SEED}`, () => {
  let browser: Browser;
  let pages: Pages;
  let server: RealServer;
  let proxy: FaultProxy;

  beforeAll(async () => {
    [browser, pages, server] = await Promise.all([
      openChromium(),
      Pages.open(['realtime']),
      RealServer.open(),
    ]);
    proxy = await FaultProxy.open(() => server.port);
  }, 30_000);

  afterAll(async () => {
    proxy.close();
    pages.close();
    await Promise.all([browser.close(), server.dispose()]);
  });

  it('has every update once and in order, the state of the server, and every session started once', async () => {
    const url = `ws://127.0.0.1:${proxy.port}/ws/ws`;
    const page = await openClient(browser, pages.url('realtime'), { url });
    await until(async () => {
      await server.createSession();
      return page.evaluate(() => window.client.last() > 0);
    });
    const started: string[] = [];

    await storm(
      makeFaults(new SeededRandom(SEED), FAULTS, [...NETWORK_FAULTS, 'kill']),
      server,
      [proxy],
      async () => {
        const sessions = await Promise.all(
          Array.from({ length: SESSIONS_A_FAULT }, () => server.createSession()),
        );
        started.push(...sessions);
        await page.evaluate((ids) => ids.forEach((id) => window.client.command(id)), sessions);
      },
    );
    await page.waitForFunction(
      (count) => window.client.report().acknowledged.length === count,
      started.length,
      {
        timeout: 20_000,
      },
    );
    await until(async () => {
      const completed = (await server.sessions()).filter(({ status }) => status === 'completed');
      return completed.length === started.length;
    });
    const last = await server.offset();
    await received(page, last);

    process.stdout.write(`\n${last} updates of ${started.length} sessions\n`);
    const report = await reportOf(page);
    expect(tally(report.received, last)).toEqual(EXACT);
    expect(report.gaps).toEqual([]);
    expect(report.failures).toEqual([]);
    const sessions = (await server.sessions()).filter(({ id }) => started.includes(id));
    const seen = sessions.map(({ id }) => {
      const update: unknown = JSON.parse(
        report.state[JSON.stringify(['session.update', id, null])] ?? 'null',
      );
      return v.parse(Counts, update);
    });
    expect(seen).toEqual(sessions.map((session) => v.parse(Counts, session)));
  }, 400_000);
});
