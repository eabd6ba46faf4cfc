import type { Browser } from '@playwright/test';
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

const EVENTS = 40_000;
const ROUNDS = 5;

interface Measurement {
  readonly eventsPerSecond: number;
  /** Milliseconds of the page's main thread for one event. */
  readonly mainThread: number;
}

/** Measures every client in turn, round by round after one that does not count, and prints the medians as ratios. */
export async function throughput(browser: Browser): Promise<string> {
  const pages = new Map<string, string>();
  for (const { page } of CLIENTS) {
    pages.set(`/${page}.html`, pages.get(`/${page}.html`) ?? (await buildPage(page)));
  }
  const server = await openFloodServer(pages, EVENTS);
  const measurements = new Map<string, Measurement[]>(CLIENTS.map(({ name }) => [name, []]));
  for (let round = 0; round <= ROUNDS; round += 1) {
    for (const { name, page, url } of CLIENTS) {
      const measured = await measure(browser, `http://${server.host}/${page}.html`, url(server.host));
      if (round > 0) {
        measurements.get(name)?.push(measured);
      }
    }
  }
  await server.close();
  return report(measurements);
}

async function measure(browser: Browser, pageUrl: string, url: string): Promise<Measurement> {
  const page = await browser.newPage();
  try {
    await page.goto(pageUrl);
    await page.evaluate((address) => window.connectClient(address), url);
    const devtools = await page.context().newCDPSession(page);
    await devtools.send('Performance.enable', { timeDomain: 'threadTicks' });
    const taskDuration = async (): Promise<number> => {
      const { metrics } = await devtools.send('Performance.getMetrics');
      return metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN;
    };
    const before = await taskDuration();
    const { elapsed, count, sum } = await page.evaluate((events) => window.receiveEvents(events), EVENTS);
    const after = await taskDuration();
    const expected = (EVENTS * (EVENTS - 1)) / 2;
    if (count !== EVENTS || sum !== expected) {
      throw new Error(
        `${pageUrl} received ${count} events of sum ${sum} instead of ${EVENTS} of ${expected}.`,
      );
    }
    return { eventsPerSecond: (count / elapsed) * 1_000, mainThread: ((after - before) * 1_000) / count };
  } finally {
    await page.close();
  }
}

function report(measurements: ReadonlyMap<string, readonly Measurement[]>): string {
  const medians = new Map(
    [...measurements].map(([name, rounds]) => [
      name,
      {
        eventsPerSecond: median(rounds.map(({ eventsPerSecond }) => eventsPerSecond)),
        mainThread: median(rounds.map(({ mainThread }) => mainThread)),
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
