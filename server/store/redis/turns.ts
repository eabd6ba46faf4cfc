/** Lets what concerns the same thing happen one after the other, in the order in which it was asked for. */
export class Turns {
  /** The last that was asked for, by what it concerns. */
  readonly #last = new Map<string, Promise<unknown>>();

  /** Settles as `work` does, which begins once everything before it has settled. */
  take<T>(name: string, work: () => Promise<T>): Promise<T> {
    const before = this.#last.get(name) ?? Promise.resolve();
    const turn = before.then(work, work);
    this.#last.set(name, turn);
    const leave = (): void => {
      if (this.#last.get(name) === turn) {
        this.#last.delete(name);
      }
    };
    turn.then(leave, leave);
    return turn;
  }
}
