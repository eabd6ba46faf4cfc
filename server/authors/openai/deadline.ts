/** Aborts its signal when a time passes in which it was neither restarted nor stopped. */
export class Deadline {
  readonly #controller = new AbortController();
  #timer: NodeJS.Timeout | undefined;

  /**
   * @param milliseconds the time
   * @param explain makes the reason that the signal aborts with
   */
  constructor(
    private readonly milliseconds: number,
    private readonly explain: (seconds: number) => Error,
  ) {}

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  restart(): void {
    this.stop();
    this.#timer = setTimeout(() => {
      this.#controller.abort(this.explain(Math.round(this.milliseconds / 1000)));
    }, this.milliseconds);
  }

  stop(): void {
    clearTimeout(this.#timer);
  }
}
