/**
 * How a suite ended.
 *
 * @typedef {object} Counts
 * @property {number} passed
 * @property {number} failed
 */

/**
 * A check without tests of its own (lint, types, build) counts as one test.
 *
 * @param {number} exitCode
 * @returns {Counts}
 */
export function countCheck(exitCode) {
  return exitCode === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

/**
 * Reads karma's last `Executed 11 of 12 (1 FAILED) (skipped 1)`.
 *
 * @param {string} output
 * @param {number} exitCode
 */
export function countKarma(output, exitCode) {
  const last = [...output.matchAll(/Executed (\d+) of \d+(.*)/g)].at(-1);
  const executed = Number(last?.[1] ?? 0);
  const failed = Number(/\((\d+) FAILED\)/.exec(last?.[2] ?? '')?.[1] ?? 0);
  return settled({ passed: executed - failed, failed }, exitCode);
}

/**
 * Reads jasmine's `12 specs, 1 failure, 1 pending spec`.
 *
 * @param {string} output
 * @param {number} exitCode
 */
export function countJasmine(output, exitCode) {
  const last = [...output.matchAll(/^(\d+) specs?, (\d+) failures?(?:, (\d+) pending)?/gm)].at(-1);
  // A group that did not match is undefined here, and counts as 0.
  const [specs = 0, failed = 0, pending = 0] = (last?.slice(1) ?? []).map((text) => Number(text) || 0);
  return settled({ passed: specs - failed - pending, failed }, exitCode);
}

/**
 * Reads the summary of Playwright's list reporter: one line for each way a test ended, such as `  3 passed (12s)`.
 *
 * @param {string} output
 * @param {number} exitCode
 */
export function countPlaywright(output, exitCode) {
  let passed = 0;
  let failed = 0;
  for (const [, count, outcome] of output.matchAll(
    /^ {2}(\d+) (passed|flaky|failed|timed out|interrupted|did not run)\b/gm,
  )) {
    if (outcome === 'passed') passed += Number(count);
    else failed += Number(count);
  }
  return settled({ passed, failed }, exitCode);
}

/**
 * A suite that failed without a failing test (it did not compile, it crashed) or ran no test at all has failed once.
 *
 * @param {Counts} counts
 * @param {number} exitCode
 * @returns {Counts}
 */
function settled({ passed, failed }, exitCode) {
  const nothingToShow = failed === 0 && (exitCode !== 0 || passed === 0);
  return { passed, failed: nothingToShow ? 1 : failed };
}
