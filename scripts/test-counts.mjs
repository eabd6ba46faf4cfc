import { sum } from './initial-size.mjs';

/**
 * How a suite ended.
 *
 * @typedef {object} Counts
 * @property {number} passed
 * @property {number} failed
 * @property {readonly string[]} failures Names of those that failed, as far as they have one.
 */

/**
 * A check without tests of its own (lint, types, build) counts as one test.
 *
 * @param {number} exitCode
 * @returns {Counts}
 */
export function countCheck(exitCode) {
  return exitCode === 0 ? { passed: 1, failed: 0, failures: [] } : { passed: 0, failed: 1, failures: [] };
}

/**
 * Reads karma's last `Executed 11 of 12 (1 FAILED) (skipped 1)`, and each `Chrome Headless 130 (Linux) adds
 * up FAILED`.
 *
 * @param {string} output
 * @param {number} exitCode
 */
export function countKarma(output, exitCode) {
  const last = [...output.matchAll(/Executed (\d+) of \d+(.*)/g)].at(-1);
  const executed = Number(last?.[1] ?? 0);
  const failed = Number(/\((\d+) FAILED\)/.exec(last?.[2] ?? '')?.[1] ?? 0);
  const failures = namesIn(output, /^(?:Chrome|Firefox).*? \([^)]*\) (.+) FAILED$/gm);
  return settled({ passed: executed - failed, failed, failures }, exitCode);
}

/**
 * Reads jasmine's `12 specs, 1 failure, 1 pending spec`, and each `1) adds up` of its list of failures.
 *
 * @param {string} output
 * @param {number} exitCode
 */
export function countJasmine(output, exitCode) {
  const last = [...output.matchAll(/^(\d+) specs?, (\d+) failures?(?:, (\d+) pending)?/gm)].at(-1);
  // A group that did not match is undefined here, and counts as 0.
  const [specs = 0, failed = 0, pending = 0] = (last?.slice(1) ?? []).map((text) => Number(text) || 0);
  const failures = namesIn(output.split(/^Failures:$/m)[1] ?? '', /^\d+\) (.+)$/gm);
  return settled({ passed: specs - failed - pending, failed, failures }, exitCode);
}

/**
 * Reads the summary of Playwright's list reporter: one line for each way a test ended, such as ` 3 passed
 * (12s)`, after the heading of each failure, such as ` 1) sums.spec.ts:3:1 › adds up ────`.
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
  const failures = namesIn(output, /^ {2}\d+\) (.+?)[ ─]*$/gm);
  return settled({ passed, failed, failures }, exitCode);
}

/**
 * What the first group of `pattern` matches, each once.
 *
 * @param {string} output
 * @param {RegExp} pattern
 */
function namesIn(output, pattern) {
  return [...new Set([...output.matchAll(pattern)].map(([, name = '']) => name))];
}

/**
 * A suite that failed without a failing test (it did not compile, it crashed) or ran no test at all has
 * failed once.
 *
 * @param {Counts} counts
 * @param {number} exitCode
 * @returns {Counts}
 */
function settled({ passed, failed, failures }, exitCode) {
  const nothingToShow = failed === 0 && (exitCode !== 0 || passed === 0);
  return { passed, failed: nothingToShow ? 1 : failed, failures };
}

/**
 * Adds up how the parts of a suite ended.
 *
 * @param {readonly Counts[]} parts
 * @returns {Counts}
 */
export function total(parts) {
  return {
    passed: sum(parts.map(({ passed }) => passed)),
    failed: sum(parts.map(({ failed }) => failed)),
    failures: parts.flatMap(({ failures }) => failures),
  };
}
