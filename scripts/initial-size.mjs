import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { ROOT } from './paths.mjs';
import { StepError } from './processes.mjs';

/** Most JavaScript a first visit may download before the application runs, in bytes after gzip. */
const LIMIT = 125_000;

const APP_FOLDER = join(ROOT, 'dist', 'app');

/**
 * Prints the gzipped size of the built application's initial JavaScript.
 *
 * @throws {StepError} when it is over the limit.
 */
export function checkInitialSize() {
  const files = [...initialFiles(readFileSync(join(APP_FOLDER, 'index.html'), 'utf8'))].sort();
  const sizes = files.map((file) => gzipSync(readFileSync(join(APP_FOLDER, file)), { level: 9 }).length);
  const total = sizes.reduce((sum, size) => sum + size, 0);

  files.forEach((file, index) => console.log(`  ${file}  ${format(sizes[index] ?? 0)}`));
  console.log(`Initial JavaScript: ${format(total)} gzipped of ${format(LIMIT)} allowed.`);
  if (total > LIMIT) {
    throw new StepError(
      'The initial JavaScript is too large: load what the first page does not need lazily.',
    );
  }
}

/**
 * The scripts and preloads of a page and everything they import statically.
 *
 * @param {string} html
 */
function initialFiles(html) {
  const pending = [...html.matchAll(/<(?:script|link)\b[^>]*?\b(?:src|href)="([^":]+\.js)"/g)].map(
    firstGroup,
  );
  /** @type {Set<string>} */
  const found = new Set();
  for (let file = pending.pop(); file !== undefined; file = pending.pop()) {
    if (found.has(file)) continue;
    found.add(file);
    pending.push(...staticImports(readFileSync(join(APP_FOLDER, file), 'utf8')));
  }
  return found;
}

/**
 * Files a bundled chunk imports before it runs: `import … from"./chunk-A.js"`, `import"./chunk-A.js"`, and the same
 * for `export`; dynamic `import("./chunk-A.js")` does not match.
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

/** @param {number} bytes */
function format(bytes) {
  return `${(bytes / 1000).toFixed(1)} kB`;
}
