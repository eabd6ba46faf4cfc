import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync, mkdirSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { ROOT } from './paths.mjs';

/**
 * Hash over the names and contents of files, so that a checkout, a copy or a touched file does not look like
 * a change. Specs do not count: nothing that is built contains them.
 *
 * @param {readonly string[]} inputs Files and folders, relative to the repository; missing ones are left out.
 */
export function fingerprint(inputs) {
  const hash = createHash('sha256');
  const files = inputs.flatMap((input) => filesUnder(join(ROOT, input))).sort();
  for (const file of files) {
    hash
      .update(relative(ROOT, file).split(sep).join('/'))
      .update('\0')
      .update(readFileSync(file))
      .update('\0');
  }
  return hash.digest('hex');
}

/**
 * Whether the last success noted in `stamp` was for this fingerprint.
 *
 * @param {string} stamp Absolute path of the stamp.
 * @param {string} current
 */
export function isStamped(stamp, current) {
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === current;
}

/**
 * Notes a success.
 *
 * @param {string} stamp Absolute path of the stamp.
 * @param {string} current
 */
export function writeStamp(stamp, current) {
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, current);
}

/**
 * Forgets the last success; called before the work begins, so that a run cut short is done again.
 *
 * @param {string} stamp Absolute path of the stamp.
 */
export function removeStamp(stamp) {
  rmSync(stamp, { force: true });
}

/**
 * @param {string} path
 * @returns {string[]}
 */
function filesUnder(path) {
  if (!existsSync(path)) return [];
  if (!statSync(path).isDirectory()) return path.endsWith('.spec.ts') ? [] : [path];
  return readdirSync(path).flatMap((name) => filesUnder(join(path, name)));
}
