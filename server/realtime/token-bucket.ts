/** An amount that fills with time, up to a most, and from which is taken: also what is not there yet. */
export class TokenBucket {
  #available: number;
  #filledAt = performance.now();

  /** @param most that it holds, and begins with @param perSecond how much comes in a second */
  constructor(
    private readonly most: number,
    private readonly perSecond: number,
  ) {
    this.#available = most;
  }

  /** What may be taken now; negative where more was taken than there was. */
  get available(): number {
    const now = performance.now();
    this.#available = Math.min(this.most, this.#available + ((now - this.#filledAt) * this.perSecond) / 1000);
    this.#filledAt = now;
    return this.#available;
  }

  take(amount: number): void {
    this.#available = this.available - amount;
  }

  /** Time (ms) until nothing is owed. */
  get msInDebt(): number {
    return Math.max(0, (-this.available * 1000) / this.perSecond);
  }
}
