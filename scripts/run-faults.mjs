import { join } from 'node:path';
import { ensureChromium } from './browsers.mjs';
import { ROOT, TOOLS } from './paths.mjs';
import { runNode } from './processes.mjs';
import { ensureRedis } from './redis.mjs';
import { ensureBuilt, LIBRARY, SERVER } from './targets.mjs';

/**
 * Runs the fault suites, against what is built.
 *
 * @param {{ folders?: readonly string[], seed: number, short: boolean }} options `folders` of `faults/` to
 *   run; all of them when none is given.
 * @returns {Promise<import('./processes.mjs').Finished>}
 * @throws {import('./processes.mjs').StepError}
 */
export async function runFaults({ folders = [], seed, short }) {
  const chromium = await ensureChromium();
  await ensureBuilt(LIBRARY);
  await ensureBuilt(SERVER);
  const specs = folders.map((folder) => `faults/${folder}/**/*.spec.ts`);
  return runNode(TOOLS.jasmine, ['--config=faults/jasmine.json', ...specs], {
    capture: true,
    nodeOptions: ['--import', 'tsx'],
    env: {
      CHROME_BIN: chromium,
      TSX_TSCONFIG_PATH: join(ROOT, 'faults', 'tsconfig.json'),
      REDIS_SERVER_BIN: await ensureRedis(),
      FAULTS_SEED: String(seed),
      FAULTS_SHORT: short ? '1' : '0',
    },
  });
}
