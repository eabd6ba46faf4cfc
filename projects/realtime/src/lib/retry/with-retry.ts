import type { RealtimeExtension } from '../extensions/realtime-extension';
import type { ReconnectPolicy } from '../extensions/realtime-hooks';
import { backoffDelay } from './backoff';

/** How a lost connection is tried again. */
export interface RetryOptions {
  /** Attempts in a row that may fail before the status becomes `error`. @default 5 */
  readonly maxAttempts?: number;
  /** Milliseconds before the first attempt; each further delay is twice as long. @default 1_000 */
  readonly initialDelay?: number;
  /** Upper bound of every delay, in milliseconds. @default 10_000 */
  readonly maxDelay?: number;
  /** Largest share of a delay that is added at random, 0 to 1. @default 0.2 */
  readonly jitter?: number;
  /** Milliseconds a connection must last before failed attempts are forgotten. @default 5_000 */
  readonly stableAfter?: number;
  /**
   * Milliseconds, up to 20 % more or less at random, between attempts in the background once the status is
   * `error`. They leave the status as it is until one succeeds, or the server refuses the client for good.
   * `connect()`, and the page events of `withPageLifecycle()`, begin a new series of quick attempts.
   *
   * @default never
   */
  readonly keepTryingEvery?: number;
}

/**
 * The largest share by which {@link RetryOptions.keepTryingEvery} varies, so that clients do not come back
 * all at once.
 */
const BACKGROUND_JITTER = 0.2;

/**
 * Tries a lost or refused connection again, with exponential backoff: 1, 2, 4, 8 and 10 seconds by default,
 * each up to 20 % longer at random.
 *
 * ```ts
 * provideRealtime({ url }, withRetry({ keepTryingEvery: 30_000 }))
 * ```
 *
 * When `maxAttempts` have failed the status is `error`, so that people can be told; with `keepTryingEvery`
 * the client goes on in the background.
 *
 * @throws RangeError in development builds when an option is out of its range.
 */
export function withRetry(options: RetryOptions = {}): RealtimeExtension {
  const {
    maxAttempts = 5,
    initialDelay = 1_000,
    maxDelay = 10_000,
    jitter = 0.2,
    stableAfter = 5_000,
    keepTryingEvery,
  } = options;
  if (
    ngDevMode &&
    !(maxAttempts >= 0 && initialDelay >= 0 && maxDelay >= initialDelay && jitter >= 0 && jitter <= 1)
  ) {
    throw new RangeError(
      'withRetry: maxAttempts and initialDelay must be at least 0, maxDelay at least initialDelay, jitter from 0 to 1.',
    );
  }
  if (ngDevMode && keepTryingEvery !== undefined && !(keepTryingEvery > 0)) {
    throw new RangeError('withRetry: keepTryingEvery must be a positive number of milliseconds.');
  }
  const reconnect: ReconnectPolicy = {
    maxAttempts,
    stableAfter,
    delay: (attempt) => backoffDelay(attempt, { initialDelay, maxDelay, jitter }, Math.random()),
    delayInBackground:
      keepTryingEvery === undefined
        ? null
        : () => keepTryingEvery * (1 + BACKGROUND_JITTER * (2 * Math.random() - 1)),
  };
  return { id: 'retry', hooks: () => ({ reconnect }) };
}
