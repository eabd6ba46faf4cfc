/** Things that arrive one by one, for a reader that may be earlier or later than they are. */
export class Arrivals<T> {
  readonly #arrived: T[] = [];
  readonly #readers: ((item: T) => void)[] = [];

  add(item: T): void {
    const reader = this.#readers.shift();
    if (reader === undefined) {
      this.#arrived.push(item);
    } else {
      reader(item);
    }
  }

  /** The first that was not taken yet. */
  take(): Promise<T> {
    const [first] = this.#arrived;
    if (first === undefined) {
      return new Promise((resolve) => this.#readers.push(resolve));
    }
    this.#arrived.shift();
    return Promise.resolve(first);
  }
}
