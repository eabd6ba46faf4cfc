import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { canInstallPackages, installPackages } from './apt.mjs';
import { StepError } from './processes.mjs';

const FOLDERS = ['/usr/bin', '/usr/local/bin', '/opt/homebrew/bin'];

/**
 * Path of the Redis server that the tests of several processes start for themselves, installed first if there
 * is none.
 *
 * @returns {Promise<string>}
 * @throws {StepError} when there is none and none can be installed.
 */
export async function ensureRedis() {
  const found = findRedis();
  if (found) return found;
  if (canInstallPackages()) {
    console.log('Installing Redis…');
    await installPackages(['redis-server']);
    const installed = findRedis();
    if (installed) return installed;
  }
  throw new StepError(
    'The tests of several processes need Redis 7 or later. Install it (Debian: apt-get install redis-server; macOS: brew ' +
      'install redis), or set REDIS_SERVER_BIN to its executable.',
  );
}

/**
 * @returns {string | undefined}
 * @throws {StepError} when REDIS_SERVER_BIN names a file that is not there.
 */
function findRedis() {
  const chosen = process.env['REDIS_SERVER_BIN'];
  if (chosen) {
    if (!existsSync(chosen)) throw new StepError(`REDIS_SERVER_BIN is ${chosen}, but there is no such file.`);
    return chosen;
  }
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), ...FOLDERS];
  return folders.map((folder) => join(folder, 'redis-server')).find((path) => existsSync(path));
}
