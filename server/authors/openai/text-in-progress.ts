import type { AuthorUsage, WritingBrief } from '../author';
import type { AnswerUsage } from './usage';

/** An answer that adds fewer characters than these brings a text no further. */
const LEAST_PROGRESS = 40;

/** Answers without progress, in a row, after which there are no more. */
const MOST_FRUITLESS = 3;

/** Answers that one text may be made of: each goes on where the one before ended early. */
const MOST_ANSWERS = 40;

/** A model that writes this many times what it was asked for does not come to an end by itself. */
const MOST_TIMES_TARGET = 5;

/** Characters of an English word with the space after it, generously. */
const CHARACTERS_PER_WORD = 8;

/** Characters that any text may have: models seldom keep to what is to be short. */
const ALWAYS_ALLOWED = 50_000;

/** One text while it is made of one answer after the other, and what that has cost so far. */
export class TextInProgress {
  #text = '';
  /** Characters at the beginning of the present answer. */
  #before = 0;
  #answers = 0;
  #fruitless = 0;
  #promptTokens = 0;
  #completionTokens = 0;
  isFinished = false;

  constructor(private readonly brief: WritingBrief) {}

  /** What the next answer is asked for. */
  get rest(): WritingBrief {
    return { ...this.brief, begun: this.brief.begun + this.#text };
  }

  /** Without what was begun before. */
  get text(): string {
    return this.#text;
  }

  /** Most characters that the text may have. */
  get longest(): number {
    const { language, targetLength } = this.brief;
    const characters = targetLength * (language === 'en' ? CHARACTERS_PER_WORD : 1);
    return Math.max(ALWAYS_ALLOWED, characters * MOST_TIMES_TARGET);
  }

  get isTooLong(): boolean {
    return this.brief.begun.length + this.#text.length > this.longest;
  }

  /** Whether the present answer has brought the text further. */
  get hasProgress(): boolean {
    return this.#text.length - this.#before >= LEAST_PROGRESS;
  }

  /** Whether one more answer may bring the text to its end. */
  get mayGoOn(): boolean {
    return this.#fruitless < MOST_FRUITLESS && this.#answers < MOST_ANSWERS;
  }

  get usage(): AuthorUsage {
    return {
      calls: this.#answers,
      promptTokens: this.#promptTokens,
      completionTokens: this.#completionTokens,
    };
  }

  beginAnswer(): void {
    this.#before = this.#text.length;
  }

  add(text: string): void {
    this.#text += text;
  }

  /** The present answer has not begun yet. @returns what was written before it */
  restartAnswer(): string {
    this.#text = this.#text.slice(0, this.#before);
    return this.#text;
  }

  endAnswer({ promptTokens, completionTokens }: AnswerUsage): void {
    this.#answers += 1;
    this.#fruitless = this.hasProgress ? 0 : this.#fruitless + 1;
    this.#promptTokens += promptTokens;
    this.#completionTokens += completionTokens;
  }
}
