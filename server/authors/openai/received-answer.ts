import { answerText } from './answer/answer-text';
import { SoundPieces } from './sound-pieces';
import type { AnswerPiece } from './answer/read-answer';
import type { TextFilter } from './answer/text-filter';
import { type AnswerUsage, countedUsage } from './usage';

/** Characters of a word of the endpoint that are kept. */
const LONGEST_WORD = 100;

/** What has been received of one answer. */
export class ReceivedAnswer {
  readonly #pieces = new SoundPieces();
  readonly #filter: TextFilter;
  #isUnmarked = false;
  #isAnew = false;
  #hasBegun = false;
  #hasWords = false;
  /** All of it, with what is not of the text. */
  received = '';
  /** Empty as long as none was given. */
  finishReason = '';
  /** As far as the endpoint counted. */
  usage: Partial<AnswerUsage> = {};

  /**
   * @param written the text that the answer goes on from
   * @param beginsUnmarked whether the model is known to begin with thinking that has no mark
   */
  constructor(written: string, beginsUnmarked: boolean) {
    this.#filter = answerText({
      written,
      beginsUnmarked,
      onUnmarked: () => {
        this.#isUnmarked = true;
        this.#isAnew = true;
      },
    });
  }

  /** Whether the model has turned out to begin with thinking that has no mark. */
  get isUnmarked(): boolean {
    return this.#isUnmarked;
  }

  /** Whether the endpoint has answered with anything: then it has been paid for. */
  get hasBegun(): boolean {
    return this.#hasBegun;
  }

  /** Whether the model has said something, if only what it thinks. */
  get hasWords(): boolean {
    return this.#hasWords;
  }

  /** @returns the text that the piece adds; `isAnew` where all text of this answer before was none */
  take({ text, finishReason, isWord, usage }: AnswerPiece): {
    readonly text: string;
    readonly isAnew: boolean;
  } {
    this.#hasBegun = true;
    this.#hasWords ||= isWord;
    const sound = this.#pieces.next(text);
    this.received += sound;
    this.finishReason ||= finishReason.slice(0, LONGEST_WORD);
    this.usage = { ...this.usage, ...countedUsage(usage) };
    this.#isAnew = false;
    const added = this.#filter.push(sound);
    return { text: added, isAnew: this.#isAnew };
  }

  /** @returns the rest of the text */
  end(isWhole: boolean): string {
    const last = this.#filter.push(this.#pieces.end());
    return last + this.#filter.end(isWhole);
  }
}
