import type { TextFilter } from './text-filter';

/** How far back a model may begin again (characters). */
const LONGEST_REPEAT = 400;

/** As much as this is repeated on purpose by no author (characters). */
const SHORTEST_REPEAT = 6;

/** Leaves out the end of what is written already, where a model that goes on begins by repeating it. */
export class Seam implements TextFilter {
  readonly #written: string;
  #held = '';
  #isPassed = false;

  /** @param written all of the text up to here */
  constructor(written: string) {
    this.#written = written.slice(-LONGEST_REPEAT);
  }

  push(piece: string): string {
    if (this.#isPassed) {
      return piece;
    }
    this.#held += piece;
    return this.#written.includes(this.#held.trimStart()) ? '' : this.end();
  }

  end(): string {
    this.#isPassed = true;
    const text = this.#held;
    const repeated = text.trimStart();
    this.#held = '';
    for (let length = Math.min(repeated.length, LONGEST_REPEAT); length >= SHORTEST_REPEAT; length--) {
      if (this.#written.endsWith(repeated.slice(0, length))) {
        return repeated.slice(length);
      }
    }
    return text;
  }
}
