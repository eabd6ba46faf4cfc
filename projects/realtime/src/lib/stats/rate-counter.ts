/** Seconds that a rate is averaged over. */
const WINDOW = 10;

/**
 * Counts something, in total and for each of the last seconds. Adding costs a comparison and two additions.
 */
export class RateCounter {
  /** One bucket for each whole second of the window, and one for the second that is under way. */
  readonly #buckets = new Float64Array(WINDOW + 1);
  #second = 0;
  #sum = 0;

  /** Everything counted so far. */
  get total(): number {
    return this.#sum;
  }

  /** @param now milliseconds; a clock that goes back counts into the latest second */
  add(amount: number, now: number): void {
    this.#advance(now);
    const bucket = this.#second % this.#buckets.length;
    this.#buckets[bucket] = (this.#buckets[bucket] ?? 0) + amount;
    this.#sum += amount;
  }

  /** The average of the last ten whole seconds; the one under way does not count yet. */
  perSecond(now: number): number {
    this.#advance(now);
    const underWay = this.#buckets[this.#second % this.#buckets.length] ?? 0;
    return (this.#buckets.reduce((sum, amount) => sum + amount, 0) - underWay) / WINDOW;
  }

  #advance(now: number): void {
    const second = Math.floor(now / 1_000);
    if (second <= this.#second) {
      return;
    }
    const passed = Math.min(second - this.#second, this.#buckets.length);
    for (let back = 0; back < passed; back += 1) {
      this.#buckets[(second - back) % this.#buckets.length] = 0;
    }
    this.#second = second;
  }
}
