/**
 * `npm test`: installs what is missing and runs every suite, or those named: `npm test -- unit server`. It goes on
 * after a failing suite; the last line adds everything up.
 */
import './node-version.mjs';
import { ensureInstalled } from './install.mjs';
import { inBackground, runMain, StepError } from './processes.mjs';
import { total } from './test-counts.mjs';
import { SUITES } from './test-suites.mjs';

/** How a suite ended. @typedef {import('./test-counts.mjs').Counts & { name: string, seconds: number }} Result */

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
 * @returns {Promise<Result>}
 */
async function runSuite(suite) {
  const began = performance.now();
  const secondsSince = () => Math.round((performance.now() - began) / 1000);
  try {
    const counts = await suite.run();
    return { ...counts, name: suite.name, seconds: secondsSince() };
  } catch (error) {
    if (!(error instanceof StepError)) throw error;
    console.error(error.message);
    return { name: suite.name, passed: 0, failed: 1, failures: [error.message], seconds: secondsSince() };
  }
}

/**
 * Runs a suite, and behind it others, one after the other.
 *
 * @param {import('./test-suites.mjs').Suite} suite
 * @param {readonly import('./test-suites.mjs').Suite[]} others
 * @returns {Promise<Result[]>}
 */
async function runSuites(suite, others) {
  console.log(`\n━━ ${suite.name} ━━`);
  const behind = inBackground(async () => {
    const results = [];
    for (const other of others) results.push(await runSuite(other));
    return results;
  });
  const first = await runSuite(suite);
  const { result, output } = await behind;
  if (others.length > 0) console.log(`\n━━ ${others.map(({ name }) => name).join(', ')} ━━\n${output}`);
  return [first, ...result];
}

await runMain(async () => {
  const suites = chosenSuites(process.argv.slice(2));
  await ensureInstalled();

  /** @type {Result[]} */
  const results = [];
  const isBehind = (/** @type {import('./test-suites.mjs').Suite} */ { behind }) =>
    suites.some(({ name }) => name === behind);
  for (const suite of suites.filter((each) => !isBehind(each))) {
    const others = suites.filter(({ behind }) => behind === suite.name);
    results.push(...(await runSuites(suite, others)));
  }

  console.log();
  for (const { name, passed, failed, failures, seconds } of results) {
    console.log(`${failed > 0 ? '✗' : '✓'} ${name}: ${passed} passed, ${failed} failed (${seconds} s)`);
    for (const failure of failures) console.log(`    ${failure}`);
  }
  const { passed, failed } = total(results);
  console.log(`\n${passed} passed, ${failed} failed`);
  if (failed > 0) process.exitCode = 1;
});
