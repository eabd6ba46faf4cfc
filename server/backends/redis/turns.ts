/**
 * Lets what concerns the same thing happen one after the other, in the order in which it was asked for. What waits too long
 * for its turn is refused, and has none.
 */
export class Turns {
  /** The last that was asked for, by what it concerns. Settles once it is over, never rejects. */
  readonly #last = new Map<string, Promise<void>>();

  /**
   * @param patience time (ms) that something may wait for its turn
   * @param refusal why it is refused then
   */
  constructor(
    private readonly patience: number,
    private readonly refusal: () => Error,
  ) {}

  /**
   * Settles as `work` does, which begins once everything before it has settled and is told until when (ms of `performance.now()`)
   * whoever asked for it has patience.
   */
  take<T>(name: string, work: (deadline: number) => Promise<T>): Promise<T> {
    const before = this.#last.get(name) ?? Promise.resolve();
    const deadline = performance.now() + this.patience;
    return new Promise((resolve, reject) => {
      let isRefused = false;
      const timer = setTimeout(() => {
        isRefused = true;
        reject(this.refusal());
      }, this.patience);
      const turn = before.then(async () => {
        clearTimeout(timer);
        if (!isRefused) {
          await work(deadline).then(resolve, reject);
        }
      });
      this.#last.set(name, turn);
      void turn.then(() => {
        if (this.#last.get(name) === turn) {
          this.#last.delete(name);
        }
      });
    });
  }
}
