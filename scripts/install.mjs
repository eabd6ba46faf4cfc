import { join } from 'node:path';
import { npm } from './npm.mjs';
import { ROOT } from './paths.mjs';
import { StepError } from './processes.mjs';
import { fingerprint, isStamped, writeStamp } from './stamps.mjs';

const STAMP = join(ROOT, 'node_modules', '.stamp');

/**
 * Installs exactly what package-lock.json says, unless node_modules already is that.
 *
 * @throws {StepError}
 */
export async function ensureInstalled() {
  const current = fingerprint(['package-lock.json']);
  if (isStamped(STAMP, current)) return;
  console.log('Installing dependencies…');
  const { exitCode } = await npm(['ci', '--include=dev']);
  if (exitCode !== 0) {
    throw new StepError(
      'Installing the dependencies failed (npm ci). Check the network and the npm registry.',
    );
  }
  writeStamp(STAMP, current);
}
