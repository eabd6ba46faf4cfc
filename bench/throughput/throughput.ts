import type { Browser, CDPSession, Page } from '@playwright/test';
import { median } from '../median';
import { table } from '../table';
import { openFloodServer } from './flood-server';
import { buildPage } from './pages';

/** The clients under test: their page, and the address that floods them. */
const CLIENTS = [
  { name: 'raw WebSocket', page: 'raw', url: (host: string) => `ws://${host}/single` },
  { name: 'rxjs webSocket', page: 'rxjs', url: (host: string) => `ws://${host}/single` },
  { name: 'partysocket', page: 'partysocket', url: (host: string) => `ws://${host}/single` },
  {
    name: 'reconnecting-websocket',
    page: 'reconnecting-websocket',
    url: (host: string) => `ws://${host}/single`,
  },
  { name: 'socket.io-client', page: 'socket-io', url: (host: string) => `http://${host}` },
  { name: '@creative-autogpt/realtime', page: 'realtime', url: (host: string) => `ws://${host}/single` },
  {
    name: '@creative-autogpt/realtime, batched',
    page: 'realtime-batched',
    url: (host: string) => `ws://${host}/batched`,
  },
  { name: 'raw WebSocket, batched', page: 'raw', url: (host: string) => `ws://${host}/batched` },
] as const;

/** Events a client receives in a round. */
const EVENTS = 80_000;
/** Those that the server sends when it is asked once. */
const EVENTS_ASKED_FOR = 40_000;
const ROUNDS = 9;

interface OpenClient {
  readonly name: string;
  readonly page: Page;
  readonly devtools: CDPSession;
  readonly measurements: Measurement[];
}

interface Measurement {
  readonly eventsPerSecond: number;
  /** Milliseconds of the page's main thread for one event. */
  readonly mainThread: number;
}

/**
 * Opens a page for every client, floods them in turn, round by round after one that does not count, and
 * prints the medians as ratios.
 */
export async function throughput(browser: Browser): Promise<string> {
  const pages = new Map<string, string>();
  for (const { page } of CLIENTS) {
    pages.set(`/${page}.html`, pages.get(`/${page}.html`) ?? (await buildPage(page)));
  }
  const server = await openFloodServer(pages, EVENTS_ASKED_FOR);
  const clients: OpenClient[] = [];
  for (const { name, page, url } of CLIENTS) {
    clients.push(await open(browser, name, `http://${server.host}/${page}.html`, url(server.host)));
  }
  for (let round = 0; round <= ROUNDS; round += 1) {
    for (const client of clients) {
      const measured = await measure(client);
      if (round > 0) {
        client.measurements.push(measured);
      }
    }
  }
  for (const { page } of clients) {
    await page.close();
  }
  await server.close();
  return report(clients);
}

async function open(browser: Browser, name: string, pageUrl: string, url: string): Promise<OpenClient> {
  const page = await browser.newPage();
  await page.goto(pageUrl);
  await page.evaluate((address) => window.connectClient(address), url);
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Performance.enable', { timeDomain: 'threadTicks' });
  return { name, page, devtools, measurements: [] };
}

async function measure({ name, page, devtools }: OpenClient): Promise<Measurement> {
  const before = await taskDuration(devtools);
  let elapsed = 0;
  for (let received = 0; received < EVENTS; received += EVENTS_ASKED_FOR) {
    const result = await page.evaluate((events) => window.receiveEvents(events), EVENTS_ASKED_FOR);
    const expected = (EVENTS_ASKED_FOR * (EVENTS_ASKED_FOR - 1)) / 2;
    if (result.count !== EVENTS_ASKED_FOR || result.sum !== expected) {
      throw new Error(
        `${name} received ${result.count} events of sum ${result.sum} instead of ${EVENTS_ASKED_FOR} of ${expected}.`,
      );
    }
    elapsed += result.elapsed;
  }
  const worked = (await taskDuration(devtools)) - before;
  return { eventsPerSecond: (EVENTS / elapsed) * 1_000, mainThread: (worked * 1_000) / EVENTS };
}

/** What the page's main thread has done so far, in seconds. */
async function taskDuration(devtools: CDPSession): Promise<number> {
  const { metrics } = await devtools.send('Performance.getMetrics');
  return metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN;
}

function report(clients: readonly OpenClient[]): string {
  const medians = new Map(
    clients.map(({ name, measurements }) => [
      name,
      {
        eventsPerSecond: median(measurements.map(({ eventsPerSecond }) => eventsPerSecond)),
        mainThread: median(measurements.map(({ mainThread }) => mainThread)),
      },
    ]),
  );
  const raw = medians.get('raw WebSocket');
  const socketIo = medians.get('socket.io-client');
  if (!raw || !socketIo) {
    throw new Error('There is nothing to compare with.');
  }
  const rows = [...medians].map(([name, { eventsPerSecond, mainThread }]) => [
    name,
    (eventsPerSecond / raw.eventsPerSecond).toFixed(2),
    (eventsPerSecond / socketIo.eventsPerSecond).toFixed(2),
    (mainThread / raw.mainThread).toFixed(2),
  ]);
  return [
    `## Throughput in Chromium`,
    '',
    `${EVENTS} events of 230 bytes a round, medians of ${ROUNDS} interleaved rounds after one warm-up; every event counted.`,
    '',
    table(['client', 'events/s, × raw', 'events/s, × socket.io', 'main thread per event, × raw'], rows),
  ].join('\n');
}
