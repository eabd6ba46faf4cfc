/**
 * `npm run test:faults`, `test:soak`, `test:crashes` and `test:attacks`: the built library in Chromium,
 * through a network that fails and for as long as it takes to leak; and the built server, killed and attacked.
 * `--short` runs a part that is quick enough for every test run; `--seed=7` repeats the faults of a run that
 * printed it. The first word names the folder of the suite; more of them choose the specs with one of them in
 * their paths.
 */
import './node-version.mjs';
import { parseArgs } from 'node:util';
import { ensureInstalled } from './install.mjs';
import { runMain, StepError } from './processes.mjs';
import { runFaults } from './run-faults.mjs';

const LARGEST_SEED = 2 ** 31 - 1;

await runMain(async () => {
  const { values, positionals } = parseArgs({
    options: { short: { type: 'boolean', default: false }, seed: { type: 'string' } },
    allowPositionals: true,
  });
  const seed = values.seed === undefined ? Math.floor(Math.random() * LARGEST_SEED) : Number(values.seed);
  if (!Number.isInteger(seed))
    throw new StepError(`--seed is ${values.seed ?? ''}; it must be a whole number.`);
  await ensureInstalled();
  console.log(`Seed: ${seed}`);
  const [suite = '', ...words] = positionals;
  const { exitCode } = await runFaults({ suite, words, seed, short: values.short });
  process.exitCode = exitCode;
});
