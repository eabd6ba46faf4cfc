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

/** Errors of a Redis that starts, fails over, or is busy: it may work again in a moment. */
const PASSING = /^(LOADING|READONLY|CLUSTERDOWN|MASTERDOWN|TRYAGAIN|NOREPLICAS|BUSY|LOST)/;

/** Errors that do not pass by themselves soon, and what is to be done about each. */
const LASTING: readonly (readonly [RegExp, string])[] = [
  [
    /^OOM/,
    'The store is full: Redis has used all memory that it may (maxmemory), and takes no changes. Raise maxmemory.',
  ],
  [
    /^MISCONF/,
    'The store takes no changes: Redis cannot write to its disk. Make room there, or see the log of Redis.',
  ],
  [
    /^(WRONGPASS|NOAUTH|NOPERM|ERR invalid password)/,
    'The store refuses the server: a password or what its user may do was changed. Put REDIS_URL or the user of Redis right.',
  ],
  [
    /^WRONGTYPE/,
    'The store has something else under a name that the server uses. The log names it; restore a copy, or delete it.',
  ],
  [
    /^(MOVED|CROSSSLOT|ASK |ERR .*(DB index|SELECT))/,
    'The store is a Redis that the server cannot use: it must be one server, not Redis Cluster, with the database of REDIS_URL.',
  ],
];

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
 * @throws ServiceError `unavailable` when Redis cannot be reached, or does not do what it is asked to.
 */
export async function asking<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    throw isPassing(error) || lastingReason(error) !== undefined ? unavailable(error) : error;
  }
}

/**
 * As `asking`, asked again while that may help.
 *
 * @param deadline until when (ms of `performance.now()`)
 * @throws ServiceError `unavailable` after the deadline, or at once for what does not pass by itself.
 */
export async function askingUntil<T>(deadline: number, ask: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await asking(ask);
    } catch (error) {
      const mayPass = error instanceof ServiceError && isPassing(error.cause);
      if (!mayPass || performance.now() + PAUSE_MS > deadline) {
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
    lastingReason(cause) ?? 'The server cannot reach its store at the moment. Try again.',
  );
  error.cause = cause;
  return error;
}

/** What is wrong where that does not pass by itself, and what to do; undefined for everything else. */
function lastingReason(error: unknown): string | undefined {
  return isReply(error) ? LASTING.find(([pattern]) => pattern.test(error.message))?.[1] : undefined;
}

function isOfConnection(error: Error): boolean {
  // Only errors of the operating system, such as ECONNREFUSED, have a `syscall`.
  return 'syscall' in error || LOST_BY_NAME.includes(error.name) || LOST_BY_MESSAGE.test(error.message);
}

function pauseBefore(attempt: number): number {
  return Math.min(attempt * 50, LONGEST_PAUSE_MS);
}

/** Why each connection that is lost is lost. */
const failures = new WeakMap<Redis, Error>();

/** Why a connection is lost; undefined while it works. */
export function connectionFailure(redis: Redis): Error | undefined {
  return failures.get(redis);
}

/** Says once for each time that Redis is lost, and not for each attempt to reach it again. */
function watched(redis: Redis, log: Log): Redis {
  let isLost = false;
  redis.on('error', (error: Error) => {
    failures.set(redis, error);
    if (!isLost) {
      isLost = true;
      log.warn({ err: error }, 'Redis cannot be reached');
    }
  });
  redis.on('ready', () => {
    isLost = false;
    failures.delete(redis);
  });
  return redis;
}
