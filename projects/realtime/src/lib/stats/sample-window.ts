/**
 * The last samples of a measurement, in a ring: adding one is a single store. At a sample every few seconds,
 * sorting them when somebody asks is cheaper than keeping a histogram, and exact, which a histogram is not.
 */
export class SampleWindow {
  readonly #ring: Float64Array;
  #added = 0;

  /** @param size how many samples count */
  constructor(size: number) {
    this.#ring = new Float64Array(size);
  }

  /** How many samples there are to tell anything from. */
  get count(): number {
    return Math.min(this.#added, this.#ring.length);
  }

  add(sample: number): void {
    this.#ring[this.#added % this.#ring.length] = sample;
    this.#added += 1;
  }

  /**
   * The smallest sample that at least `percent` of 100 do not exceed: the nearest rank, or type 1 of Hyndman
   * and Fan, "Sample Quantiles in Statistical Packages", The American Statistician 50 (1996), 361–365.
   *
   * @param percents whole numbers from 1 to 100
   * @returns one for each of `percents`; NaN while there are no samples
   */
  percentiles(percents: readonly number[]): readonly number[] {
    const sorted = this.#ring.slice(0, this.count).sort();
    return percents.map((percent) => sorted[Math.ceil((percent * sorted.length) / 100) - 1] ?? NaN);
  }
}
