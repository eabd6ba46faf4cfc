import { isDeepStrictEqual } from 'node:util';
import { setTimeout } from 'node:timers/promises';
import type { Browser, CDPSession, Page } from '@playwright/test';
import { median } from '../median';
import { table } from '../table';
import type { PageResult } from './page/store-under-test';
import { StoreServer } from './store-server';
import { RATE, SECONDS, TASKS, UPDATES_PER_COMPLETION } from './workload';

const ROUNDS = 3;

/** Rows of the Tasks page. */
const ROWS = 20;

/** A task of the main thread that takes longer, in milliseconds, is noticed by people. */
const LONG = 100;

/** Longer than the page waits between two reads that updates ask for, in milliseconds. */
const SETTLING = 1_500;

interface Measurement {
  readonly updatesPerSecond: number;
  readonly framesPerSecond: number;
  /** Share of the time in which the page's main thread was at work. */
  readonly busy: number;
  /** Tasks longer than {@link LONG}. */
  readonly longTasks: number;
  /** In milliseconds; 0 when none took more than 50. */
  readonly longestTask: number;
  /** Bytes of JavaScript heap after collection, more than before the updates. */
  readonly heapGrowth: number;
}

/**
 * Measures the application with one store write a frame, and with one for every update; prints the medians.
 */
export async function store(browser: Browser): Promise<string> {
  const server = new StoreServer();
  const origin = await server.listen();
  const perFrame: Measurement[] = [];
  const perUpdate: Measurement[] = [];
  try {
    for (let round = 0; round < ROUNDS; round += 1) {
      perFrame.push(await measure(browser, server, origin, false));
      perUpdate.push(await measure(browser, server, origin, true));
    }
  } finally {
    server.close();
  }
  return report(middle(perFrame), middle(perUpdate));
}

async function measure(
  browser: Browser,
  server: StoreServer,
  origin: string,
  oneWritePerUpdate: boolean,
): Promise<Measurement> {
  server.reset();
  const page = await browser.newPage();
  try {
    await page.addInitScript((each) => (window.oneWritePerUpdate = each), oneWritePerUpdate);
    await page.goto(`${origin}/tasks`);
    await page.waitForFunction(() => window.storeUnderTest !== undefined);
    await page
      .locator('[data-testid=task]')
      .nth(ROWS - 1)
      .waitFor();
    await server.fill();
    await page.waitForFunction((count) => window.storeUnderTest?.received() === count, TASKS);
    await setTimeout(SETTLING);

    const devtools = await page.context().newCDPSession(page);
    await devtools.send('Performance.enable', { timeDomain: 'threadTicks' });
    const heapBefore = await heapAfterCollection(devtools);
    await page.evaluate(() => window.storeUnderTest?.watch());
    const busyBefore = await metric(devtools, 'TaskDuration');
    const sent = await server.flood();
    const result = await page.evaluate((count) => window.storeUnderTest?.finish(count), sent);
    const busy = (await metric(devtools, 'TaskDuration')) - busyBefore;
    if (!result) {
      throw new Error('The page does not offer its store.');
    }
    await setTimeout(SETTLING);
    const heapGrowth = (await heapAfterCollection(devtools)) - heapBefore;
    checkArrivals(sent, result);
    await checkState(page, server);
    return {
      updatesPerSecond: (sent / result.elapsed) * 1_000,
      framesPerSecond: (result.frames / result.elapsed) * 1_000,
      busy: (busy * 1_000) / result.elapsed,
      longTasks: result.longTasks.filter((duration) => duration > LONG).length,
      longestTask: Math.max(0, ...result.longTasks),
      heapGrowth,
    };
  } finally {
    await page.close();
  }
}

/** @throws Error unless each update arrived, and once. */
function checkArrivals(sent: number, { offsets }: PageResult): void {
  const expected = sent * TASKS + (sent * (sent + 1)) / 2;
  if (offsets !== expected) {
    throw new Error(`The offsets of the ${sent} updates that arrived sum to ${offsets}, not ${expected}.`);
  }
}

/**
 * The Tasks page lists tasks without their texts, and the store keeps the text of a task only for a page that
 * reads it.
 *
 * @throws Error unless the store holds each task, and the page shows the rows, exactly as the server would
 *   list them.
 */
async function checkState(page: Page, { expected }: StoreServer): Promise<void> {
  const tasks = await page.evaluate(() => window.storeUnderTest?.tasks() ?? []);
  const held = new Map(tasks.map((task) => [task.task_id, { ...task, result: task.result ?? null }]));
  const listed = expected.all().map((task) => ({ ...task, result: null }));
  const wrong = listed.filter((task) => !isDeepStrictEqual(held.get(task.task_id), task));
  if (held.size !== TASKS || wrong.length > 0) {
    throw new Error(
      `The store holds ${held.size} tasks, and ${wrong.length} are not as the server has them.`,
    );
  }
  const shown = await page
    .locator('[data-testid=task]')
    .evaluateAll((rows) => rows.map((row) => [row.dataset['taskId'], row.dataset['status']]));
  const rows = expected.page(1, ROWS).items.map(({ task_id: id, status }) => [id, status]);
  if (!isDeepStrictEqual(shown, rows)) {
    throw new Error('The page does not show the tasks that changed last.');
  }
}

async function metric(devtools: CDPSession, wanted: string): Promise<number> {
  const { metrics } = await devtools.send('Performance.getMetrics');
  return metrics.find(({ name }) => name === wanted)?.value ?? Number.NaN;
}

async function heapAfterCollection(devtools: CDPSession): Promise<number> {
  await devtools.send('HeapProfiler.collectGarbage');
  return metric(devtools, 'JSHeapUsedSize');
}

/** The median of each number; of long tasks, which no round should have, the worst. */
function middle(rounds: readonly Measurement[]): Measurement {
  return {
    updatesPerSecond: median(rounds.map(({ updatesPerSecond }) => updatesPerSecond)),
    framesPerSecond: median(rounds.map(({ framesPerSecond }) => framesPerSecond)),
    busy: median(rounds.map(({ busy }) => busy)),
    longTasks: Math.max(...rounds.map(({ longTasks }) => longTasks)),
    longestTask: Math.max(...rounds.map(({ longestTask }) => longestTask)),
    heapGrowth: median(rounds.map(({ heapGrowth }) => heapGrowth)),
  };
}

function report(perFrame: Measurement, perUpdate: Measurement): string {
  const row = (
    name: string,
    valueOf: (measurement: Measurement) => number,
    write: (value: number) => string,
  ): string[] => {
    const [a, b] = [valueOf(perFrame), valueOf(perUpdate)];
    return [name, write(a), write(b), b > 0 && a > 0 ? (a / b).toFixed(2) : '–'];
  };
  const whole = (value: number): string => value.toFixed(0);
  const rows = [
    row('updates/s taken', ({ updatesPerSecond }) => updatesPerSecond, whole),
    row(
      'frames/s',
      ({ framesPerSecond }) => framesPerSecond,
      (value) => value.toFixed(1),
    ),
    row(
      'main thread at work',
      ({ busy }) => busy * 100,
      (value) => `${whole(value)} %`,
    ),
    row(`tasks over ${LONG} ms, worst round`, ({ longTasks }) => longTasks, whole),
    row('longest task in ms, worst round', ({ longestTask }) => longestTask, whole),
    row(
      'heap growth in MB',
      ({ heapGrowth }) => heapGrowth / 1e6,
      (value) => value.toFixed(1),
    ),
  ];
  return [
    '## A store under load in Chromium',
    '',
    `${TASKS} tasks, ${RATE} updates/s offered for ${SECONDS} s with the Tasks page open, one in ` +
      `${UPDATES_PER_COMPLETION} completing a task; medians of ${ROUNDS} interleaved rounds; every update counted, ` +
      'every task and row compared.',
    '',
    table(['', 'one write a frame', 'one write an update', 'ratio'], rows),
  ].join('\n');
}
