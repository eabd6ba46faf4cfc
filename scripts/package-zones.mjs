/**
 * `npm run package:zones`: builds samples/zones from the packed library with zone.js and without, opens both
 * in Chromium beside a small server, and checks what each shows.
 */
import './node-version.mjs';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { basename, extname, join } from 'node:path';
import { ensureHeadlessChromium } from './browsers.mjs';
import { ensureInstalled } from './install.mjs';
import { packLibrary } from './package-tarball.mjs';
import { runMain, StepError } from './processes.mjs';
import { runAngular, withSample } from './sample-folder.mjs';

/** What the page shows once it has ten ticks, and once it has five hundred more. */
const TEN = { subscribed: '10', handled: '10', streamed: '10', framed: '10', answer: 'done' };
const MORE = { subscribed: '510', handled: '510', streamed: '510', framed: '510', answer: 'done' };

/** Rounds of change detection that a click, its answer, a batch and an animation frame may cost together. */
const MOST_ROUNDS = 20;

/** Milliseconds that the page may take to show something. */
const PATIENCE = 10_000;

const TYPES = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css' };

await runMain(async () => {
  await ensureInstalled();
  await packLibrary();
  const executablePath = await ensureHeadlessChromium();
  const { chromium } = await import('@playwright/test');
  await withSample('zones', {}, async (folder) => {
    for (const variant of ['zone', 'zoneless'])
      await runAngular(folder, ['build', '--configuration', variant, '--no-progress']);
    const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
    try {
      for (const variant of ['zone', 'zoneless']) {
        await checkVariant(await browser.newPage(), variant, join(folder, 'dist', variant));
        console.log(`The application "${variant}" shows what its handlers write.`);
      }
    } finally {
      await browser.close();
    }
  });
});

/**
 * @param {import('@playwright/test').Page} page
 * @param {string} variant
 * @param {string} folder
 */
async function checkVariant(page, variant, folder) {
  const server = await serve(folder);
  try {
    /** @type {Error[]} */
    const thrown = [];
    page.on('pageerror', (error) => thrown.push(error));
    await page.goto(server.url);
    await expectShown(page, variant, { status: 'connected', stable: 'yes', errors: '0' });
    const hasZones = await page.evaluate(() => 'Zone' in globalThis);
    if (hasZones !== (variant === 'zone')) throw new StepError(`Whether "${variant}" has zone.js is wrong.`);

    await page.getByRole('button', { name: 'Ten ticks' }).click();
    await expectShown(page, variant, TEN);
    const before = Number(await page.locator('#rounds').textContent());
    await page.getByRole('button', { name: 'A batch of ticks' }).click();
    await expectShown(page, variant, MORE);
    const rounds = Number(await page.locator('#rounds').textContent()) - before;
    if (rounds > MOST_ROUNDS)
      throw new StepError(`A batch cost "${variant}" ${rounds} rounds of change detection.`);

    server.forget();
    await expectShown(page, variant, { status: 'connected', gaps: '1', errors: '1' });
    if (thrown.length > 0) throw new StepError(`"${variant}" threw: ${thrown.map(String).join('; ')}`);
  } finally {
    await server.close();
  }
}

/**
 * Waits until the page shows all of it.
 *
 * @param {import('@playwright/test').Page} page
 * @param {string} variant
 * @param {Readonly<Record<string, string>>} wanted Texts by the ids of their elements.
 */
async function expectShown(page, variant, wanted) {
  try {
    for (const [id, text] of Object.entries(wanted))
      await page.locator(`#${id}`, { hasText: new RegExp(`^${text}$`) }).waitFor({ timeout: PATIENCE });
  } catch (cause) {
    const shown = await page.locator('dl').innerText();
    throw new StepError(
      `"${variant}" should show ${JSON.stringify(wanted)}, but shows ${shown.replace(/\s+/g, ' ')}`,
      { cause },
    );
  }
}

/**
 * Serves the application and, on the same port, a server that resumes, acknowledges, and sends what is asked
 * for.
 *
 * @param {string} folder
 */
async function serve(folder) {
  const { WebSocketServer } = await import('ws');
  const files = createServer(({ url = '/' }, response) => {
    const name = url === '/' ? 'index.html' : basename(url);
    try {
      const body = readFileSync(join(folder, name));
      const type = TYPES[/** @type {keyof typeof TYPES} */ (extname(name))];
      response.writeHead(200, { 'content-type': type }).end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  const sockets = new WebSocketServer({ server: files });
  let epoch = 1;
  let offset = 0;
  sockets.on('connection', (socket) => {
    const tell = (/** @type {object} */ message) => socket.send(JSON.stringify(message));
    const next = () => ({ event: 'tick', id: ++offset });
    socket.on('message', (frame) => {
      const { event, id, data } = /** @type {Asked} */ (parse(frame));
      if (event === 'connect') {
        const capabilities = ['resume', 'batch', 'commands', 'round-trip'];
        tell({ event: 'connected', data: { capabilities, epoch: `e${epoch}`, offset, recovered: false } });
      } else if (event === 'ping') {
        tell({ event: 'pong', data });
      } else {
        for (let sent = 0; sent < data.alone; sent += 1) tell(next());
        tell({ event: 'batch', data: { events: Array.from({ length: data.together }, next) } });
        tell({ event: 'ack', data: { id, ok: true } });
      }
    });
  });
  await new Promise((resolve) => files.listen(0, '127.0.0.1', () => resolve(undefined)));
  const address = files.address();
  if (address === null || typeof address === 'string') throw new StepError('The server got no port.');
  return {
    url: `http://127.0.0.1:${address.port}/`,
    /** Closes every socket, and knows nothing of what was before. */
    forget: () => {
      epoch += 1;
      for (const socket of sockets.clients) socket.close(1012);
    },
    close: async () => {
      for (const socket of sockets.clients) socket.terminate();
      sockets.close();
      await new Promise((resolve) => files.close(() => resolve(undefined)));
    },
  };
}

/**
 * What the page sends. @typedef {{ event: string, id?: string, data: { alone: number, together: number } }}
 * Asked
 */

/**
 * @param {import('ws').RawData} frame
 * @returns {unknown}
 */
function parse(frame) {
  return JSON.parse(Buffer.isBuffer(frame) ? frame.toString() : '');
}
