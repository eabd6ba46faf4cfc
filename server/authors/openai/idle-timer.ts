/** Aborts its signal when a time passes without a restart. The SDK's own timeout ends with the first byte. */
export class IdleTimer {
  readonly #controller = new AbortController();
  #timer: NodeJS.Timeout | undefined;

  /** @param milliseconds Longest time between two restarts. */
  constructor(private readonly milliseconds: number) {}

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  get seconds(): number {
    return Math.round(this.milliseconds / 1000);
  }

  restart(): void {
    this.stop();
    this.#timer = setTimeout(() => {
      this.#controller.abort();
    }, this.milliseconds);
  }

  stop(): void {
    clearTimeout(this.#timer);
  }
}
