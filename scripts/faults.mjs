/**
 * `npm run test:faults` and `npm run test:soak`: the built library in Chromium, through a network that fails,
 * and for as long as it takes to leak. `--short` runs a part that is quick enough for every test run;
 * `--seed=7` repeats the faults of a run that printed it.
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
  const { exitCode } = await runFaults({ folders: positionals, seed, short: values.short });
  process.exitCode = exitCode;
});
