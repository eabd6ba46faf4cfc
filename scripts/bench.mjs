/**
 * `npm run bench`: measures the library beside its peers and the application under load, in one browser, and prints
 * tables with ratios. Installs and builds what is missing first.
 */
import './node-version.mjs';
import { join } from 'node:path';
import { ensureChromium } from './chromium.mjs';
import { ensureInstalled } from './install.mjs';
import { ROOT, TOOLS } from './paths.mjs';
import { runMain, runNode } from './processes.mjs';
import { BENCH_STORE, ensureBuilt, LIBRARY } from './targets.mjs';

await runMain(async () => {
  await ensureInstalled();
  const chromium = await ensureChromium();
  for (const target of [LIBRARY, BENCH_STORE]) await ensureBuilt(target);
  const env = { CHROME_BIN: chromium, TSX_TSCONFIG_PATH: join(ROOT, 'bench', 'tsconfig.json') };
  const { exitCode } = await runNode(TOOLS.tsx, ['bench/main.ts'], { env });
  process.exitCode = exitCode;
});
