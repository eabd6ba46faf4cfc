import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { ROOT } from './paths.mjs';
import { StepError } from './processes.mjs';

/**
 * Most JavaScript that a first visit may download before the application runs, in bytes after gzip. The
 * realtime client is part of it, with all its extensions: live reads take 5.5 kB (an entry point of the
 * library is one chunk, also where only later pages use a part of it), the outbox 4.2 kB, subscriptions and
 * statistics 3.0 kB, the shared connection 2.5 kB.
 */
const LIMIT = 137_000;

const APP_FOLDER = join(ROOT, 'dist', 'app');

/**
 * Prints the gzipped size of the built application's initial JavaScript.
 *
 * @throws {StepError} when it is over the limit.
 */
export function checkInitialSize() {
  const sizes = initialSizes(APP_FOLDER);
  const total = sum(sizes.values());

  sizes.forEach((size, file) => console.log(`  ${file}  ${kilobytes(size)}`));
  console.log(`Initial JavaScript: ${kilobytes(total)} gzipped of ${kilobytes(LIMIT)} allowed.`);
  if (total > LIMIT) {
    throw new StepError(
      'The initial JavaScript is too large: load what the first page does not need lazily.',
    );
  }
}

/**
 * Gzipped size, in bytes, of each JavaScript file that a built application downloads before it runs.
 *
 * @param {string} folder Absolute path of the application's output.
 * @returns {Map<string, number>}
 */
export function initialSizes(folder) {
  return gzippedSizes(folder, [...initialFiles(folder)].sort());
}

/**
 * The same of each that it may download later.
 *
 * @param {string} folder Absolute path of the application's output.
 */
export function onDemandSizes(folder) {
  const initial = initialFiles(folder);
  return gzippedSizes(
    folder,
    readdirSync(folder).filter((file) => file.endsWith('.js') && !initial.has(file)),
  );
}

/**
 * @param {string} folder
 * @param {readonly string[]} files
 * @returns {Map<string, number>}
 */
function gzippedSizes(folder, files) {
  return new Map(
    files.map((file) => [file, gzipSync(readFileSync(join(folder, file)), { level: 9 }).length]),
  );
}

/** @param {Iterable<number>} numbers */
export function sum(numbers) {
  return [...numbers].reduce((total, each) => total + each, 0);
}

/** @param {number} bytes */
export function kilobytes(bytes) {
  return `${(bytes / 1000).toFixed(1)} kB`;
}

/**
 * The scripts and preloads of a page and everything they import statically.
 *
 * @param {string} folder
 */
function initialFiles(folder) {
  const html = readFileSync(join(folder, 'index.html'), 'utf8');
  const pending = [...html.matchAll(/<(?:script|link)\b[^>]*?\b(?:src|href)="([^":]+\.js)"/g)].map(
    firstGroup,
  );
  /** @type {Set<string>} */
  const found = new Set();
  for (let file = pending.pop(); file !== undefined; file = pending.pop()) {
    if (found.has(file)) continue;
    found.add(file);
    pending.push(...staticImports(readFileSync(join(folder, file), 'utf8')));
  }
  return found;
}

/**
 * Files a bundled chunk imports before it runs: `import … from"./chunk-A.js"`, `import"./chunk-A.js"`, and
 * the same for `export`; dynamic `import("./chunk-A.js")` does not match.
 *
 * @param {string} source
 */
function staticImports(source) {
  return [...source.matchAll(/(?:\bfrom|\bimport)\s*"\.\/([^"]+\.js)"/g)].map(firstGroup);
}

/** @param {RegExpExecArray} match */
function firstGroup(match) {
  return match[1] ?? '';
}
