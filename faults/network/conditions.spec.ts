import { setTimeout as pause } from 'node:timers/promises';
import type { Browser, BrowserContext, Page } from '@playwright/test';
import { table } from '../../bench/table';
import { CHROME_BIN, openChromium, openClient, received, reportOf } from '../chromium';
import { Pages } from '../clients/pages';
import { RealServer } from '../servers/real-server';
import { until } from '../storms/until';
import { EXACT, tally } from '../tally';
import { type Impairment, NetworkNamespace } from './network-namespace';
import { makeCertificate, TlsProxy } from './tls-proxy';

/** What a line does to packets, and the proxy at its end to connections. */
interface Condition extends Impairment {
  readonly name: string;
  /** Time (ms) that bytes take, in each direction. @default 0 */
  readonly delayMs?: number;
  /** Time (ms) after which the proxy cuts what is idle. @default never */
  readonly idleMs?: number;
}

const CONDITIONS: readonly Condition[] = [
  { name: 'TLS alone' },
  { name: '1 % loss', lost: 0.01 },
  { name: '5 % loss', lost: 0.05 },
  { name: '300 ms delay', delayMs: 300 },
  { name: 'a quarter overtaken', overtaken: 0.25 },
  { name: '5 % loss, 300 ms delay', lost: 0.05, delayMs: 300 },
  { name: 'a proxy that cuts what is idle for 0.5 s', idleMs: 500 },
];

/** Bursts of sessions, each good for some forty updates, and time (ms) between two bursts. */
const BURSTS = 12;
const SESSIONS_A_BURST = 5;
const BURST_EVERY_MS = 1500;
/** Longer than a packet takes there and back. */
const HEARTBEAT_MS = 2000;
const PATIENCE_MS = 120_000;

describe('the client of the real server behind TLS, on a line with', () => {
  let network: NetworkNamespace;
  let browser: Browser;
  let context: BrowserContext;
  let pages: Pages;
  let server: RealServer;
  let front: TlsProxy;
  let sockets: TlsProxy;
  const rows: string[][] = [];

  beforeAll(async () => {
    network = new NetworkNamespace();
    const { address } = network;
    const certificate = makeCertificate(address);
    pages = await Pages.open(['realtime']);
    front = await TlsProxy.open(address, certificate, () => Number(new URL(pages.url('')).port));
    sockets = await TlsProxy.open(address, certificate, () => server.port);
    const origins = [front, sockets].map(({ port }) => `https://${address}:${port}`);
    server = await RealServer.open({ ALLOWED_ORIGINS: origins.join() });
    browser = await openChromium(network.inside(CHROME_BIN));
    context = await browser.newContext({ ignoreHTTPSErrors: true });
  }, 60_000);

  afterAll(async () => {
    const head = [
      'line',
      'updates',
      'packets lost',
      'overtaken',
      'links',
      'lost',
      'doubled',
      'out of order',
      'complete after, s',
    ];
    process.stdout.write(`\n${table(head, rows)}\n`);
    await browser.close();
    [front, sockets, pages].forEach((each) => each.close());
    await server.dispose();
    network.close();
  }, 30_000);

  /** Begins sessions in bursts by commands of the client. @returns their ids */
  const beginSessions = async (page: Page): Promise<string[]> => {
    const begun: string[] = [];
    for (let burst = 0; burst < BURSTS; burst += 1) {
      const ids = await Promise.all(Array.from({ length: SESSIONS_A_BURST }, () => server.createSession()));
      await page.evaluate((all) => all.forEach((id) => window.client.command(id)), ids);
      begun.push(...ids);
      await pause(BURST_EVERY_MS);
    }
    return begun;
  };

  for (const { name, delayMs = 0, idleMs = 0, ...impairment } of CONDITIONS) {
    it(`${name} has every update once and in order, and every session started once`, async () => {
      const { address } = network;
      network.impair(impairment);
      Object.assign(sockets, { delayMs, idleMs });
      const before = sockets.connections;
      const page = await openClient(context, `https://${address}:${front.port}/realtime`, {
        url: `wss://${address}:${sockets.port}/ws/ws`,
        heartbeat: HEARTBEAT_MS,
      });
      await until(async () => {
        await server.createSession();
        return page.evaluate(() => window.client.last() > 0);
      }, PATIENCE_MS);

      const begun = await beginSessions(page);
      const loaded = performance.now();
      await page.waitForFunction(
        (count) => window.client.report().acknowledged.length === count,
        begun.length,
        { timeout: PATIENCE_MS },
      );
      await until(async () => {
        const done = (await server.sessions()).filter(({ status }) => status === 'completed');
        return begun.every((id) => done.some((session) => session.id === id));
      }, PATIENCE_MS);
      const last = await server.offset();
      await received(page, last, PATIENCE_MS);
      const seconds = (performance.now() - loaded) / 1000;

      const report = await reportOf(page);
      const { suffered } = network;
      const found = tally(report.received, last);
      rows.push(
        [
          name,
          last - (report.received[0] ?? 0) + 1,
          suffered.lost,
          suffered.overtaken,
          sockets.connections - before,
        ]
          .concat([found.lost, found.doubled, found.outOfOrder, Math.round(seconds * 10) / 10])
          .map(String),
      );
      await page.close();
      expect([suffered.lost > 0, suffered.overtaken > 0])
        .withContext('packets were lost, and overtaken, where they should be')
        .toEqual([impairment.lost !== undefined, impairment.overtaken !== undefined]);
      expect(found).toEqual(EXACT);
      expect(report.gaps).toEqual([]);
      expect(report.failures).toEqual([]);
    }, 400_000);
  }
});
