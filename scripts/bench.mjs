/**
 * `npm run bench`: measures side by side with peers, in one browser, and prints ratios. Installs and builds what is
 * missing first.
 */
import './node-version.mjs';
import { join } from 'node:path';
import { ensureChromium } from './chromium.mjs';
import { ensureInstalled } from './install.mjs';
import { ROOT, TOOLS } from './paths.mjs';
import { runMain, runNode } from './processes.mjs';
import { ensureBuilt, LIBRARY } from './targets.mjs';

await runMain(async () => {
  await ensureInstalled();
  const chromium = await ensureChromium();
  await ensureBuilt(LIBRARY);
  const env = { CHROME_BIN: chromium, TSX_TSCONFIG_PATH: join(ROOT, 'bench', 'tsconfig.json') };
  const { exitCode } = await runNode(TOOLS.tsx, ['bench/main.ts'], { env });
  process.exitCode = exitCode;
});
