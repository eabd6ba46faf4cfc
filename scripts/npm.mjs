import { run, runNode } from './processes.mjs';

/**
 * Runs npm. It tells its scripts where it is itself; outside of npm the one on the PATH is used.
 *
 * @param {readonly string[]} args
 * @param {{ cwd?: string }} [options]
 */
export function npm(args, options = {}) {
  const file = process.env['npm_execpath'];
  if (file?.endsWith('npm-cli.js')) return runNode(file, args, options);
  return run('npm', args, { ...options, shell: process.platform === 'win32' });
}
