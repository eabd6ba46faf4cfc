import type { Backend } from '../ports/backend';
import { openClustered } from './redis/clustered-backend';
import { openEmbedded } from './embedded/embedded-backend';
import type { Log } from '../ports/log';
import type { Environment } from '../config/environment';

/**
 * What the environment asks for: Redis, where many processes meet, or this process alone.
 *
 * @throws StartupError when it cannot be used.
 */
export async function openBackend(environment: Environment, log: Log): Promise<Backend> {
  const { dataDir, journalRetention: retention, quota, redisUrl } = environment;
  const options = { retention, quota };
  return redisUrl === undefined
    ? openEmbedded(dataDir, { ...options, log })
    : openClustered(redisUrl, log, options);
}
