/** How the delay between attempts grows. */
export interface BackoffOptions {
  /** Milliseconds before the first attempt. */
  readonly initialDelay: number;
  /** Upper bound of every delay, in milliseconds. */
  readonly maxDelay: number;
  /**
   * Largest share of a delay that is added at random, 0 to 1, so that clients do not come back all at once.
   */
  readonly jitter: number;
}

/**
 * Exponential backoff with additive jitter: `min(initialDelay · 2ⁿ, maxDelay)` plus up to `jitter` of it,
 * never more than `maxDelay`.
 *
 * @param attempt which attempt this is the delay before, from 1
 * @param random a number from 0 up to 1
 * @returns milliseconds
 */
export function backoffDelay(attempt: number, options: BackoffOptions, random: number): number {
  const base = Math.min(options.initialDelay * 2 ** (attempt - 1), options.maxDelay);
  return Math.min(base * (1 + options.jitter * random), options.maxDelay);
}
