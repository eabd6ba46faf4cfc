/**
 * The codes that end a socket (RFC 6455, 7.4.1; from 4000 on those of this protocol). docs/PROTOCOL.md says
 * what a client does after each of them.
 */
export const CLOSE_CODES = {
  /** Ended on purpose. */
  ended: 1000,
  goingAway: 1001,
  /** The connection was lost. No peer sends it: each finds it out for itself. */
  lost: 1006,
  /** Refused by a policy. */
  refused: 1008,
  /** A frame was too large. */
  tooLarge: 1009,
  /** The server failed; its log says why. */
  failed: 1011,
  restarting: 1012,
  overloaded: 1013,
  /** The token is missing, refused or expired. */
  unauthenticated: 4401,
  /** The server knows the client and does not serve it. */
  forbidden: 4403,
  /** The client read too slowly. */
  tooSlow: 4408,
  tooManySockets: 4429,
} as const;
export type CloseCodeName = keyof typeof CLOSE_CODES;

/** The reason of a close that names when the client may come again. @param ms milliseconds, a whole number */
export function retryAfterReason(ms: number): string {
  return `retry after ${ms}`;
}

/** The time (ms) that the reason of a close names; undefined where it names none. */
export function readRetryAfter(reason: string): number | undefined {
  const [, ms] = /^retry after (\d+)$/.exec(reason) ?? [];
  return ms === undefined ? undefined : Number(ms);
}
