/**
 * `npm run bench`: measures the library and the application in a browser, and the server, each beside its
 * peers, and prints tables with ratios; or the part named: `npm run bench -- server`. Installs and builds
 * what is missing first.
 */
import './node-version.mjs';
import { join } from 'node:path';
import { ensureChromium } from './browsers.mjs';
import { ensureInstalled } from './install.mjs';
import { ROOT, TOOLS } from './paths.mjs';
import { runMain, runNode, StepError } from './processes.mjs';
import { BENCH_STORE, ensureBuilt, LIBRARY } from './targets.mjs';

const PARTS = ['browser', 'server'];

/**
 * The parts named on the command line, in their usual order; all of them when none is named.
 *
 * @param {readonly string[]} names
 */
function chosenParts(names) {
  const unknown = names.filter((name) => !PARTS.includes(name));
  if (unknown.length > 0) {
    throw new StepError(`There is no benchmark named ${unknown.join(', ')}; there are ${PARTS.join(', ')}.`);
  }
  return names.length === 0 ? PARTS : PARTS.filter((part) => names.includes(part));
}

/** What the browser needs. @returns its variables */
async function prepareBrowser() {
  const chromium = await ensureChromium();
  for (const target of [LIBRARY, BENCH_STORE]) await ensureBuilt(target);
  return { CHROME_BIN: chromium };
}

await runMain(async () => {
  const parts = chosenParts(process.argv.slice(2));
  await ensureInstalled();
  const env = {
    ...(parts.includes('browser') && (await prepareBrowser())),
    TSX_TSCONFIG_PATH: join(ROOT, 'bench', 'tsconfig.json'),
  };
  const { exitCode } = await runNode(TOOLS.tsx, ['bench/main.ts', ...parts], { env });
  process.exitCode = exitCode;
});
