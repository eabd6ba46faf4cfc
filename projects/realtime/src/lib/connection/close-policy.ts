/**
 * What a close code leads to: `retry` connects again, `end` stays closed, `fail` stays closed with status
 * `error`.
 */
export type CloseAction = 'retry' | 'end' | 'fail';

/**
 * What each close code leads to (RFC 6455, section 7.4.1, and the private range). A code that is not listed
 * is retried.
 */
export const DEFAULT_CLOSE_POLICY: Readonly<Record<number, CloseAction>> = {
  1000: 'end',
  1001: 'retry',
  1006: 'retry',
  1008: 'fail',
  1009: 'fail',
  1011: 'retry',
  1012: 'retry',
  1013: 'retry',
  4400: 'fail',
  4401: 'fail',
  4403: 'fail',
  4429: 'retry',
};

/** The longest pause, in milliseconds, that a server can ask for. */
const LONGEST_PAUSE = 60_000;

/**
 * Milliseconds that a server asks to stay away for in the reason of its close, `retry after 5000`; 0 when it
 * does not.
 */
export function pauseAskedFor(reason = ''): number {
  return Math.min(Number(/retry after (\d+)/.exec(reason)?.[1] ?? 0), LONGEST_PAUSE);
}
