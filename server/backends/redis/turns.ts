/**
 * Queues of work, one for each name: the works of one name are done one after the other, in the order of the
 * calls. A work that waits too long is refused, and never begins.
 */
export class Turns {
  /** The last work of each queue. Settles once it is over, never rejects. */
  readonly #last = new Map<string, Promise<void>>();

  /**
   * @param patience time (ms) that a work may wait for its turn
   * @param refusal makes the error of a work that is refused
   */
  constructor(
    private readonly patience: number,
    private readonly refusal: () => Error,
  ) {}

  /**
   * Settles as `work` does. It begins once the works before it have settled.
   *
   * @param work is given its deadline (ms of `performance.now()`), at which the patience ends
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
