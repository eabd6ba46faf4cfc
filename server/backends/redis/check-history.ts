import { randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';
import type { RedisKeys } from './redis-keys';
import { NOTE_EPOCH } from './scripts';

/**
 * Begins a new epoch unless the journals in this Redis can be relied on. They can when this is the Redis they
 * were written to, or when it was started again with all that it had confirmed: it writes each change to its
 * file before it confirms it (`appendonly yes`, `appendfsync always`), and has not taken over from another
 * that it may have lagged behind.
 */
export async function checkHistory(redis: Redis, keys: RedisKeys): Promise<void> {
  const known = await redis.hgetall(keys.epoch);
  const runId = fieldOf(await redis.info('server'), 'run_id');
  if (known['epoch'] !== undefined && known['run_id'] === runId) {
    return;
  }
  const isSound = known['epoch'] !== undefined && (await keepsEverything(redis));
  await redis.eval(NOTE_EPOCH, 1, keys.epoch, known['run_id'] ?? '', runId, isSound ? '' : randomUUID());
}

async function keepsEverything(redis: Redis): Promise<boolean> {
  const tookOver = fieldOf(await redis.info('replication'), 'second_repl_offset') !== '-1';
  return (
    !tookOver &&
    (await settingOf(redis, 'appendonly')) === 'yes' &&
    (await settingOf(redis, 'appendfsync')) === 'always'
  );
}

/** Undefined where the server does not tell, as some that are rented do not. */
async function settingOf(redis: Redis, name: string): Promise<string | undefined> {
  try {
    const answer: unknown = await redis.config('GET', name);
    return Array.isArray(answer) ? String(answer[1]) : undefined;
  } catch {
    return undefined;
  }
}

function fieldOf(info: string, name: string): string {
  return new RegExp(`^${name}:(.*)$`, 'm').exec(info)?.[1]?.trim() ?? '';
}
