/** Not to ask more often, in milliseconds, when tokens hardly live. */
const SHORTEST_DELAY = 1_000;

/**
 * Milliseconds until a token should be replaced; null for one that has expired by the clock of this device,
 * since the server has just accepted it: the clock is wrong, and no time can be told by it.
 *
 * @param remaining milliseconds until the token expires
 * @param before milliseconds before its expiry at which it should be replaced
 */
export function refreshDelay(remaining: number, before: number): number | null {
  if (!(remaining > 0)) {
    return null;
  }
  return Math.max(remaining - before, remaining / 2, SHORTEST_DELAY);
}
