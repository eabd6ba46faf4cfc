import { spawnSync } from 'node:child_process';
import { run } from './processes.mjs';

/**
 * Whether this system installs Debian packages and this user may do it without being asked for a password.
 */
export function canInstallPackages() {
  return process.platform === 'linux' && succeeds('apt-get', ['--version']) && privilege() !== undefined;
}

/**
 * Installs Debian packages.
 *
 * @param {readonly string[]} packages
 * @returns {Promise<boolean>} Whether it worked; apt-get has said why when it did not.
 */
export async function installPackages(packages) {
  await aptGet(['update', '-qq']);
  const { exitCode } = await aptGet(['install', '-y', '-qq', '--no-install-recommends', ...packages]);
  return exitCode === 0;
}

/**
 * Which of these Debian packages are not installed.
 *
 * @param {readonly string[]} packages
 */
export function missingPackages(packages) {
  return packages.filter((name) => !succeeds('dpkg', ['--status', name]));
}

/** @param {readonly string[]} args */
function aptGet(args) {
  return privilege() === 'sudo'
    ? run('sudo', ['-n', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', ...args])
    : run('apt-get', args, { env: { DEBIAN_FRONTEND: 'noninteractive' } });
}

/** How this user may install packages; undefined when not without a password. */
function privilege() {
  if (process.getuid?.() === 0) return 'root';
  return succeeds('sudo', ['-n', 'true']) ? 'sudo' : undefined;
}

/**
 * @param {string} command
 * @param {readonly string[]} args
 */
function succeeds(command, args) {
  return spawnSync(command, args, { stdio: 'ignore' }).status === 0;
}
