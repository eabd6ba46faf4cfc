import { soundText } from '@creative-autogpt/protocol';

const FIRST_HALF = /[\ud800-\udbff]$/;

/** The pieces of a text as a model sends them, which may be cut in the middle of a character, made sound. */
export class SoundPieces {
  #half = '';

  /** @returns what is complete: the first half of a character waits for the next piece */
  next(piece: string): string {
    const text = this.#half + piece;
    this.#half = FIRST_HALF.test(text) ? text.slice(-1) : '';
    return soundText(text.slice(0, text.length - this.#half.length));
  }

  /** @returns what is left at the end of the text */
  end(): string {
    return soundText(this.#half);
  }
}
