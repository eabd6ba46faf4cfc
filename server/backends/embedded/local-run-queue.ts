import type { Launch } from '../../ports/store';
import type { RunEnding, RunQueue } from '../../ports/run-queue';

/** Runs every session at once, in this process. */
export class LocalRunQueue implements RunQueue {
  readonly #running = new Map<string, Promise<RunEnding>>();
  #execute: ((launch: Launch) => Promise<RunEnding>) | undefined;

  serve(execute: (launch: Launch) => Promise<RunEnding>): void {
    this.#execute = execute;
  }

  add(launch: Launch): Promise<void> {
    const name = `${launch.sessionId} ${launch.launch}`;
    if (this.#execute !== undefined && !this.#running.has(name)) {
      const run = this.#execute(launch).finally(() => this.#running.delete(name));
      this.#running.set(name, run);
    }
    return Promise.resolve();
  }

  async close(): Promise<void> {
    this.#execute = undefined;
    await Promise.all(this.#running.values());
  }
}
