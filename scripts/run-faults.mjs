import { join } from 'node:path';
import { ensureChromium } from './browsers.mjs';
import { ensureNetworks } from './network.mjs';
import { ROOT, TOOLS } from './paths.mjs';
import { runNode, StepError } from './processes.mjs';
import { ensureRedis } from './redis.mjs';
import { APP, ensureBuilt, LIBRARY, SERVER } from './targets.mjs';

/**
 * The folders of suites that a seed determines, and what they need besides the built server.
 *
 * @type {Readonly<Record<string, () => Promise<Record<string, string>>>>}
 */
const SUITES = {
  faults: async () => {
    await ensureBuilt(LIBRARY);
    return { CHROME_BIN: await ensureChromium() };
  },
  attacks: async () => {
    await ensureBuilt(APP);
    return {};
  },
};

/**
 * Runs `faults/` or `attacks/` against what is built.
 *
 * @param {{ suite: string, words?: readonly string[], seed: number, short: boolean }} options With `words`,
 *   only the specs with one of them in their paths.
 * @returns {Promise<import('./processes.mjs').Finished>}
 * @throws {StepError}
 */
export async function runFaults({ suite, words = [], seed, short }) {
  const prepare = SUITES[suite];
  if (prepare === undefined)
    throw new StepError(`There is no suite ${suite}; name ${Object.keys(SUITES).join(' or ')}.`);
  if (words.includes('network')) ensureNetworks();
  const env = await prepare();
  await ensureBuilt(SERVER);
  const specs = words.flatMap((word) => [
    `${suite}/**/*${word}*/**/*.spec.ts`,
    `${suite}/**/*${word}*.spec.ts`,
  ]);
  return runNode(TOOLS.jasmine, [`--config=${suite}/jasmine.json`, ...specs], {
    capture: true,
    nodeOptions: ['--import', 'tsx'],
    env: {
      ...env,
      TSX_TSCONFIG_PATH: join(ROOT, suite, 'tsconfig.json'),
      REDIS_SERVER_BIN: await ensureRedis(),
      FAULTS_SEED: String(seed),
      FAULTS_SHORT: short ? '1' : '0',
    },
  });
}
