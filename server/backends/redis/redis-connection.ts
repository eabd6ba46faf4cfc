import { setTimeout } from 'node:timers/promises';
import { Redis } from 'ioredis';
import type { Log } from '../../ports/log';
import { ServiceError } from '../../domain/service-error';

/** Longest pause (ms) between two attempts to reach Redis. */
const LONGEST_PAUSE_MS = 1000;

/** Time (ms) a command may take. */
const COMMAND_TIMEOUT_MS = 5000;

/**
 * Time (ms) without an answer after which a connection for waiting counts as dead. No command waits that
 * long.
 */
const WAITING_TIMEOUT_MS = 15_000;

/** Time (ms) until Redis is asked again that was out of reach. */
const PAUSE_MS = 250;

/** Errors of a Redis that starts, fails over, or cannot write: it may work again in a moment. */
const PASSING = /^(LOADING|READONLY|CLUSTERDOWN|MASTERDOWN|TRYAGAIN|MISCONF|OOM|NOREPLICAS)/;

/** Failures of the client itself: it lost the connection, or could not read what came over it. */
const LOST_BY_NAME = ['AbortError', 'InterruptError', 'MaxRetriesPerRequestError', 'ParserError'];

/** Messages of the client about a lost connection, in errors that have no name of their own. */
const LOST_BY_MESSAGE =
  /^(Connection is closed|Command timed out|connect ETIMEDOUT|Socket timeout|Stream isn't writeable|Ready check failed)/;

/**
 * A connection for commands. It is made again for as long as the process lives.
 *
 * @param timeout time (ms) after which a command counts as failed, and a connection on which nothing was
 *   answered as dead
 */
export function connectRedis(url: string, log: Log, timeout = COMMAND_TIMEOUT_MS): Redis {
  return watched(
    new Redis(url, {
      maxRetriesPerRequest: 5,
      commandTimeout: timeout,
      socketTimeout: timeout,
      retryStrategy: pauseBefore,
    }),
    log,
  );
}

/**
 * A connection for listening, and for commands that wait until there is something: nothing ends its waiting
 * but Redis.
 */
export function connectRedisToWait(url: string, log: Log): Redis {
  return watched(
    new Redis(url, {
      maxRetriesPerRequest: null,
      socketTimeout: WAITING_TIMEOUT_MS,
      retryStrategy: pauseBefore,
    }),
    log,
  );
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

/**
 * As `asking`, asked again while Redis is out of reach.
 *
 * @param deadline until when (ms of `performance.now()`)
 * @throws ServiceError `unavailable` after the deadline.
 */
export async function askingUntil<T>(deadline: number, ask: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await asking(ask);
    } catch (error) {
      const isOutOfReach = error instanceof ServiceError && error.code === 'unavailable';
      if (!isOutOfReach || performance.now() + PAUSE_MS > deadline) {
        throw error;
      }
      await setTimeout(PAUSE_MS);
    }
  }
}

/**
 * Whether a failure is one of reaching Redis, so that trying again makes sense, and not a mistake of the
 * server's own.
 */
export function isPassing(error: unknown): boolean {
  return isReply(error) ? PASSING.test(error.message) : error instanceof Error && isOfConnection(error);
}

/** Whether it is what Redis answered, rather than a failure to reach it. */
export function isReply(error: unknown): error is Error {
  return error instanceof Error && error.name === 'ReplyError';
}

export function unavailable(cause?: unknown): ServiceError {
  const error = new ServiceError(
    'unavailable',
    'The server cannot reach its store at the moment. Try again.',
  );
  error.cause = cause;
  return error;
}

function isOfConnection(error: Error): boolean {
  // Only errors of the operating system, such as ECONNREFUSED, have a `syscall`.
  return 'syscall' in error || LOST_BY_NAME.includes(error.name) || LOST_BY_MESSAGE.test(error.message);
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
