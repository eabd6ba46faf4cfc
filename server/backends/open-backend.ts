import type { Backend } from '../ports/backend';
import { openClustered } from './redis/clustered-backend';
import { checkAtStart } from './embedded/check-at-start';
import { openEmbedded } from './embedded/embedded-backend';
import type { Log } from '../ports/log';
import type { Environment } from '../config/environment';

/**
 * What the environment asks for: Redis, where many processes meet, or this process alone.
 *
 * @param checkProgram the file of the program `server/check.ts`
 * @throws StartupError when it cannot be used.
 */
export async function openBackend(
  environment: Environment,
  log: Log,
  checkProgram: string,
): Promise<Backend> {
  const { dataDir, journalRetention: retention, quota, redisUrl } = environment;
  const options = { retention, quota };
  return redisUrl === undefined
    ? openEmbedded(dataDir, {
        ...options,
        log,
        check: (file) => checkAtStart(checkProgram, file, log),
      })
    : openClustered(redisUrl, log, options);
}
