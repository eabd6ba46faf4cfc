/**
 * Lets at most `rate` pass in any second, evenly spaced. Where timers are held back, as in background tabs, a
 * tenth of a second's worth may catch up at once.
 */
export class TokenBucket {
  #filledAt: number;

  readonly #capacity: number;
  /** Tokens a millisecond. Any half-open second then has room for capacity + refill − 1 = rate. */
  readonly #refill: number;
  #tokens = 1;

  /** @param now milliseconds; the first may pass then */
  constructor(rate: number, filledAt: number) {
    this.#filledAt = filledAt;
    this.#capacity = Math.ceil(rate / 10);
    this.#refill = (rate - this.#capacity + 1) / 1_000;
  }

  /** Takes a token. @returns 0, or the milliseconds to wait when there is none */
  take(now: number): number {
    const elapsed = Math.max(0, now - this.#filledAt);
    this.#tokens = Math.min(this.#capacity, this.#tokens + elapsed * this.#refill);
    this.#filledAt = now;
    if (this.#tokens < 1) {
      return Math.ceil((1 - this.#tokens) / this.#refill);
    }
    this.#tokens -= 1;
    return 0;
  }
}
