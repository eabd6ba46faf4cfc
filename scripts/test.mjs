/**
 * `npm test`: installs what is missing and runs every suite, or those named: `npm test -- unit server`. It goes on
 * after a failing suite; the last line adds everything up.
 */
import './node-version.mjs';
import { ensureInstalled } from './install.mjs';
import { runMain, StepError } from './processes.mjs';
import { SUITES } from './test-suites.mjs';

/**
 * The suites named on the command line, in their usual order; all of them when none is named.
 *
 * @param {readonly string[]} names
 */
function chosenSuites(names) {
  const unknown = names.filter((name) => !SUITES.some((suite) => suite.name === name));
  if (unknown.length > 0) {
    const known = SUITES.map((suite) => suite.name).join(', ');
    throw new StepError(`There is no suite named ${unknown.join(', ')}; there are ${known}.`);
  }
  return names.length === 0 ? SUITES : SUITES.filter((suite) => names.includes(suite.name));
}

/**
 * @param {import('./test-suites.mjs').Suite} suite
 * @returns {Promise<import('./test-counts.mjs').Counts & { seconds: number }>}
 */
async function runSuite(suite) {
  console.log(`\n━━ ${suite.name} ━━`);
  const began = performance.now();
  const secondsSince = () => Math.round((performance.now() - began) / 1000);
  try {
    const counts = await suite.run();
    return { ...counts, seconds: secondsSince() };
  } catch (error) {
    if (!(error instanceof StepError)) throw error;
    console.error(error.message);
    return { passed: 0, failed: 1, seconds: secondsSince() };
  }
}

await runMain(async () => {
  const suites = chosenSuites(process.argv.slice(2));
  await ensureInstalled();

  let passed = 0;
  let failed = 0;
  /** @type {string[]} */
  const summary = [];
  for (const suite of suites) {
    const counts = await runSuite(suite);
    passed += counts.passed;
    failed += counts.failed;
    summary.push(
      `${counts.failed > 0 ? '✗' : '✓'} ${suite.name}: ${counts.passed} passed, ${counts.failed} failed (${counts.seconds} s)`,
    );
  }

  console.log(`\n${summary.join('\n')}\n`);
  console.log(`${passed} passed, ${failed} failed`);
  if (failed > 0) process.exitCode = 1;
});
