import { Redis } from 'ioredis';
import type { Log } from '../engine/log';
import { ServiceError } from '../service-error';

/** Longest pause (ms) between two attempts to reach Redis. */
const LONGEST_PAUSE_MS = 1000;

/** Time (ms) a command may take before Redis counts as out of reach. */
const COMMAND_TIMEOUT_MS = 5000;

/** What Redis says while it starts, fails over, or cannot write: it may work again in a moment. */
const PASSING = /^(LOADING|READONLY|CLUSTERDOWN|MASTERDOWN|TRYAGAIN|MISCONF|OOM|NOREPLICAS)/;

/** A connection for commands. It is made again for as long as the process lives. */
export function connectRedis(url: string, log: Log): Redis {
  return watched(
    new Redis(url, {
      maxRetriesPerRequest: 5,
      commandTimeout: COMMAND_TIMEOUT_MS,
      retryStrategy: pauseBefore,
    }),
    log,
  );
}

/** A connection for listening, and for commands that wait until there is something: nothing ends its waiting but Redis. */
export function connectRedisToWait(url: string, log: Log): Redis {
  return watched(new Redis(url, { maxRetriesPerRequest: null, retryStrategy: pauseBefore }), log);
}

/**
 * What `ask` gives.
 *
 * @throws ServiceError `unavailable` when Redis cannot be reached, or does not work at the moment.
 */
export async function asking<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    throw isPassing(error) ? unavailable(error) : error;
  }
}

/** Whether a failure is one of reaching Redis, so that trying again makes sense. */
export function isPassing(error: unknown): boolean {
  return isReply(error) ? PASSING.test(error.message) : error instanceof Error && !isOurs(error);
}

/** Whether it is what Redis answered, rather than a failure to reach it. */
export function isReply(error: unknown): error is Error {
  return error instanceof Error && error.name === 'ReplyError';
}

export function unavailable(cause: unknown): ServiceError {
  const error = new ServiceError(
    'unavailable',
    'The server cannot reach its store at the moment. Try again.',
  );
  error.cause = cause;
  return error;
}

function isOurs(error: Error): boolean {
  return error instanceof ServiceError || error instanceof TypeError || error instanceof RangeError;
}

function pauseBefore(attempt: number): number {
  return Math.min(attempt * 50, LONGEST_PAUSE_MS);
}

/** Says once for each time that Redis is lost, and not for each attempt to reach it again. */
function watched(redis: Redis, log: Log): Redis {
  let isLost = false;
  redis.on('error', (error: Error) => {
    if (!isLost) {
      isLost = true;
      log.warn({ err: error }, 'Redis cannot be reached');
    }
  });
  redis.on('ready', () => {
    isLost = false;
  });
  return redis;
}
