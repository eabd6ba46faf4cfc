import { spawnSync } from 'node:child_process';
import { StepError } from './processes.mjs';

/** What makes networks, rules for their packets, and certificates. */
const TOOLS = ['ip', 'tc', 'openssl'];

/**
 * Whether this machine lets us make networks of our own, in which packets are lost.
 *
 * @throws {StepError} that says what is missing
 */
export function ensureNetworks() {
  if (process.platform !== 'linux' || process.getuid?.() !== 0)
    throw new StepError('Networks of their own are made by root on Linux alone: run this there, as root.');
  const missing = TOOLS.filter((tool) => spawnSync(tool, ['version']).error !== undefined);
  if (missing.length > 0)
    throw new StepError(
      `Install ${missing.join(' and ')} (Debian: apt-get install iproute2 openssl), and run this again.`,
    );
}
