import type { Backend } from '../../ports/backend';
import { BullRunQueue } from './bull-run-queue';
import type { Log } from '../../ports/log';
import { RedisWritingBoard } from './redis-writing-board';
import { RedisBus } from './redis-bus';
import { connectionFailure, connectRedis, connectRedisToWait } from './redis-connection';
import { RedisKeys } from './redis-keys';
import { StartupError } from '../../config/startup-error';
import { RedisStorage } from './redis-storage';
import { StoredRecords } from '../stored-records';
import { StorageStores } from '../stores';
import { type StoresOptions, withDefaults } from '../stores-options';

/** How a clustered backend is opened. */
export interface ClusteredOptions extends StoresOptions {
  /** Comes before every name in Redis. @default 'creative-autogpt' */
  readonly prefix?: string;
  /** Time (ms) after which the runs of a process that is gone are taken up by others. @default 10,000 */
  readonly lockDuration?: number;
  /** Time (ms) between two looks whether Redis is as it must be. @default 2000 */
  readonly lookEvery?: number;
}

/**
 * All in Redis, where any number of processes meet.
 *
 * @throws StartupError when Redis cannot be reached, or is not as it must be.
 */
export async function openClustered(
  redisUrl: string,
  log: Log,
  { prefix = 'creative-autogpt', lockDuration, lookEvery, ...options }: ClusteredOptions = {},
): Promise<Backend> {
  const redis = connectRedis(redisUrl, log);
  const bus = new RedisBus(connectRedisToWait(redisUrl, log));
  const keys = new RedisKeys(prefix);
  const complete = { ...withDefaults(options), log };
  const records = new StoredRecords(log);
  const storage = new RedisStorage({
    ...complete,
    redis,
    bus,
    keys,
    records,
    ...(lookEvery !== undefined && { lookEvery }),
  });
  try {
    await redis.ping();
    await storage.begin();
  } catch (error) {
    redis.disconnect();
    bus.close();
    if (error instanceof StartupError) {
      throw error;
    }
    const reason = connectionFailure(redis) ?? error;
    throw new StartupError(
      `REDIS_URL names a Redis that cannot be used (${reason instanceof Error ? reason.message : String(reason)}): ` +
        'start it or put it right, or unset REDIS_URL to keep everything in DATA_DIR.',
      { cause: error },
    );
  }
  const queue = new BullRunQueue({
    connect: () => connectRedisToWait(redisUrl, log),
    prefix: `${prefix}:queue`,
    log,
    ...(lockDuration !== undefined && { lockDuration }),
  });
  const stores = new StorageStores(storage, records, complete.quota);
  return {
    stores,
    board: new RedisWritingBoard(redis, bus, keys, log),
    queue,
    close: async () => {
      await stores.close();
      bus.close();
      redis.disconnect();
    },
  };
}
