import { join } from 'node:path';
import { ROOT } from './paths.mjs';
import { run, runNode, StepError } from './processes.mjs';
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
  const { exitCode } = await npmCi();
  if (exitCode !== 0) {
    throw new StepError(
      'Installing the dependencies failed (npm ci). Check the network and the npm registry.',
    );
  }
  writeStamp(STAMP, current);
}

/** npm tells its scripts where it is itself; outside of npm the one on the PATH is used. */
function npmCi() {
  const npm = process.env['npm_execpath'];
  const args = ['ci', '--include=dev'];
  if (npm?.endsWith('npm-cli.js')) return runNode(npm, args);
  return run('npm', args, { shell: process.platform === 'win32' });
}
