/**
 * `npm run docs:api`: writes what the server says about its interfaces to docs/openapi.json and
 * docs/asyncapi.json.
 */
import './node-version.mjs';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { ensureInstalled } from './install.mjs';
import { ROOT, SERVER_BUNDLE } from './paths.mjs';
import { runMain, StepError } from './processes.mjs';
import { ensureBuilt, SERVER } from './targets.mjs';

const DOCUMENTS = ['openapi.json', 'asyncapi.json'];

await runMain(async () => {
  await ensureInstalled();
  await ensureBuilt(SERVER);
  const dataDir = mkdtempSync(join(tmpdir(), 'creative-autogpt-docs-'));
  const server = spawn(process.execPath, [SERVER_BUNDLE], {
    env: { PATH: process.env['PATH'], PORT: '0', DATA_DIR: dataDir, LOG_LEVEL: 'warn' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    const url = await readyUrl(server);
    for (const name of DOCUMENTS) await writeDocument(name, `${url}/${name}`);
  } finally {
    if (server.exitCode === null) {
      server.kill();
      await once(server, 'exit');
    }
    rmSync(dataDir, { recursive: true, force: true });
  }
});

/**
 * @param {import('node:child_process').ChildProcessByStdio<null, import('node:stream').Readable, null>}
 *   server
 * @returns {Promise<string>}
 * @throws {StepError}
 */
async function readyUrl(server) {
  for await (const line of createInterface(server.stdout)) {
    const url = /is ready at (http:\S+)$/.exec(line)?.[1];
    if (url !== undefined) return url;
  }
  throw new StepError('The server ended before it was ready; the lines above say why.');
}

/**
 * @param {string} name
 * @param {string} url
 */
async function writeDocument(name, url) {
  const { format, resolveConfig } = await import('prettier');
  const file = join(ROOT, 'docs', name);
  const response = await fetch(url);
  if (!response.ok) throw new StepError(`${url} was answered with ${response.status}.`);
  const options = { ...(await resolveConfig(file)), filepath: file };
  writeFileSync(file, await format(await response.text(), options));
  console.log(`Wrote docs/${name}.`);
}
