/**
 * `npm test`: installs what is missing and runs every suite, or those named: `npm test -- unit server`.
 * Further words choose spec files by their paths: `npm run test:server -- feedback`. It goes on after a
 * failing suite; the last line adds everything up. `npm run test:release` (`--release`) also runs the parts
 * of the suites that only a release needs.
 */
import './node-version.mjs';
import { parseArgs } from 'node:util';
import { ensureInstalled } from './install.mjs';
import { endForeground, inBackground, runMain, StepError } from './processes.mjs';
import { total } from './test-counts.mjs';
import { SUITES } from './test-suites.mjs';

/**
 * How a suite ended; `output` of one in the background alone.
 *
 * @typedef {import('./test-counts.mjs').Counts & { name: string, seconds: number, output?: string }} Result
 */

/** @typedef {import('./test-suites.mjs').Suite} Suite */

/**
 * The suites named on the command line, in their usual order; all of them when none is named. Words that name
 * no suite choose spec files of those that do.
 *
 * @param {readonly string[]} args
 */
function chosenSuites(args) {
  const isSuite = (/** @type {string} */ arg) => SUITES.some(({ name }) => name === arg);
  const words = args.filter((arg) => !isSuite(arg));
  const named = SUITES.filter(({ name }) => args.includes(name));
  if (words.length === 0) return named.length === 0 ? SUITES : named;
  if (named.length === 0 || named.some(({ takesWords }) => !takesWords)) {
    const known = SUITES.map(({ name }) => name).join(', ');
    const choosing = SUITES.filter(({ takesWords }) => takesWords).map(({ name }) => name);
    throw new StepError(
      `There is no suite named ${words.join(', ')}; there are ${known}. After ${choosing.join(', ')}, words choose spec files.`,
    );
  }
  return named.map(({ name, run }) => ({ name, run: () => run(words) }));
}

/**
 * The suite with the part that only a release needs.
 *
 * @param {Suite} suite
 * @returns {Suite}
 */
function whole(suite) {
  const { run, release } = suite;
  return release === undefined
    ? suite
    : { ...suite, run: async () => total([await run([]), await release()]) };
}

/**
 * @param {Suite} suite
 * @returns {Promise<Result>}
 */
async function runSuite(suite) {
  const began = performance.now();
  const secondsSince = () => Math.round((performance.now() - began) / 1000);
  try {
    const counts = await suite.run([]);
    return { ...counts, name: suite.name, seconds: secondsSince() };
  } catch (error) {
    if (!(error instanceof StepError)) throw error;
    console.error(error.message);
    return { name: suite.name, passed: 0, failed: 1, failures: [error.message], seconds: secondsSince() };
  }
}

/**
 * Runs suites one after the other, and behind them those of the background.
 *
 * @param {readonly Suite[]} suites
 * @returns {Promise<Result[]>}
 */
async function runSuites(suites) {
  const isChosen = (/** @type {string} */ name) => suites.some((suite) => suite.name === name);
  const isBehind = (/** @type {Suite} */ { place, after }) =>
    place === 'background' &&
    suites.some((each) => each.place !== 'background') &&
    (after === undefined || isChosen(after));
  const behind = suites.filter(isBehind);
  const mayBeginAfter = (/** @type {string} */ name) => behind.filter(({ after }) => after === name);
  /** @type {Promise<Result[]>} */
  let background = Promise.resolve([]);
  const add = (/** @type {Suite} */ suite) => {
    background = background.then(async (ended) => {
      const { result, output } = await inBackground(() => runSuite(suite));
      return [...ended, { ...result, output }];
    });
  };

  behind.filter(({ after }) => after === undefined).forEach(add);
  const results = [];
  for (const suite of suites.filter((each) => !isBehind(each))) {
    console.log(`\n━━ ${suite.name} ━━`);
    results.push(await runSuite(suite));
    mayBeginAfter(suite.name).forEach(add);
  }
  endForeground();
  for (const result of await background) {
    console.log(`\n━━ ${result.name} ━━\n${result.output}`);
    results.push(result);
  }
  return results;
}

await runMain(async () => {
  const { values, positionals } = parseArgs({
    options: { release: { type: 'boolean', default: false } },
    allowPositionals: true,
  });
  const chosen = chosenSuites(positionals);
  const suites = values.release ? chosen.map(whole) : chosen;
  await ensureInstalled();
  const results = await runSuites(suites);

  console.log();
  for (const { name, passed, failed, failures, seconds } of results) {
    console.log(`${failed > 0 ? '✗' : '✓'} ${name}: ${passed} passed, ${failed} failed (${seconds} s)`);
    for (const failure of failures) console.log(`    ${failure}`);
  }
  const { passed, failed } = total(results);
  console.log(`\n${passed} passed, ${failed} failed`);
  if (failed > 0) process.exitCode = 1;
});
