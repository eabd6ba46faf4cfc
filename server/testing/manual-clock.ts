/** A clock that stands still until it is told to go on. */
export class ManualClock {
  #milliseconds = Date.parse('2026-11-22T13:00:00.000Z');

  readonly now = (): Date => new Date(this.#milliseconds);

  advance(milliseconds: number): void {
    this.#milliseconds += milliseconds;
  }
}
