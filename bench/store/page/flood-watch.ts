import type { PageResult } from './store-under-test';

/** Watches the page while updates come: its frames, its long tasks, and the updates themselves. */
export class FloodWatch {
  /** Updates taken since the page was opened. */
  received = 0;
  #receivedBefore = 0;
  #offsets = 0;
  #frames = 0;
  #began = 0;
  readonly #longTasks: number[] = [];
  readonly #observer = new PerformanceObserver((list) => this.#note(list.getEntries()));
  #frameShown: () => void = () => undefined;

  take(offset: number): void {
    if (this.received === this.#receivedBefore) {
      this.#began = performance.now();
      this.#frames = 0;
    }
    this.received += 1;
    this.#offsets += offset;
  }

  begin(): void {
    this.#receivedBefore = this.received;
    this.#offsets = 0;
    this.#observer.observe({ type: 'longtask' });
    this.#countFrames();
  }

  finish(updates: number): Promise<PageResult> {
    return new Promise((resolve) => {
      this.#frameShown = () => {
        if (this.received - this.#receivedBefore < updates) {
          return;
        }
        const began = this.#began;
        const frames = this.#frames;
        const offsets = this.#offsets;
        const elapsed = performance.now() - began;
        this.#frameShown = () => {
          // One frame later, so that the one that shows the last update counts with its work.
          this.#note(this.#observer.takeRecords());
          resolve({ elapsed, frames, offsets, longTasks: this.#longTasks });
        };
      };
    });
  }

  #countFrames(): void {
    requestAnimationFrame(() => {
      this.#frames += 1;
      this.#frameShown();
      this.#countFrames();
    });
  }

  #note(entries: readonly PerformanceEntry[]): void {
    this.#longTasks.push(...entries.map(({ duration }) => duration));
  }
}
