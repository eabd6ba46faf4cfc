import { setTimeout as pause } from 'node:timers/promises';
import type { AuthorPiece } from '../author';

/** The time before the first word of an answer, of which people are told when it gets long. */
export class Silence {
  readonly #begun = performance.now();
  #isTold = false;
  #isOver = false;

  /** @param toldAfter time (ms) after which people are told */
  constructor(private readonly toldAfter: number) {}

  /** Waits for what is to come, and tells of it once it takes long. @returns what has come */
  async *during<T>(coming: Promise<T>): AsyncGenerator<AuthorPiece, T> {
    if (!this.#isTold && !this.#isOver && !(await this.#comesSoon(coming))) {
      this.#isTold = true;
      yield { waiting: { reason: 'silent', until: null } };
    }
    return await coming;
  }

  /** The first word has come. */
  *end(): Generator<AuthorPiece> {
    this.#isOver = true;
    if (this.#isTold) {
      this.#isTold = false;
      yield { waiting: null };
    }
  }

  async #comesSoon(coming: Promise<unknown>): Promise<boolean> {
    const clock = new AbortController();
    const time = Math.max(0, this.toldAfter - (performance.now() - this.#begun));
    try {
      return await Promise.race([
        coming.then(() => true),
        pause(time, false, { signal: clock.signal }).catch(() => false),
      ]);
    } finally {
      clock.abort();
    }
  }
}
