import type { TextFilter } from './text-filter';

/** Marks that models put around what they think, each with the mark that ends it. */
const MARKS: ReadonlyMap<string, string> = new Map([
  ['<think>', '</think>'],
  ['<thinking>', '</thinking>'],
  ['<thought>', '</thought>'],
  ['<reasoning>', '</reasoning>'],
  ['[think]', '[/think]'],
]);
const BEGINS = [...MARKS.keys()];
const ENDS = [...MARKS.values()];
const LONGEST_END = Math.max(...ENDS.map(({ length }) => length));

/**
 * Leaves out what a model thinks, where the endpoint sends it between marks in the text itself. A mark counts at
 * the beginning of a line; within a line it is a word of the story.
 *
 * Some endpoints send the mark that ends the thinking alone, because the prompt has the other one. What came
 * before it was not of the text, although it has come out already. Where that is known of a model, its text comes
 * out after the mark only.
 */
export class WithoutThinking implements TextFilter {
  /** What may be the beginning of a mark. */
  #held = '';
  /** The last characters of what is held: only there may a mark have begun. */
  #last = '';
  #endMark: string | undefined;
  #isAtLineBegin = true;
  #hasThought = false;

  /**
   * @param onUnmarked is called when all that came out so far was thinking
   * @param beginsUnmarked whether the model is known to begin with thinking that has no mark
   */
  constructor(
    private readonly onUnmarked: () => void,
    private beginsUnmarked = false,
  ) {}

  push(piece: string): string {
    if (this.beginsUnmarked) {
      return this.#awaitText(piece);
    }
    let rest = this.#held + piece;
    let text = '';
    this.#held = '';
    while (rest !== '') {
      const at = rest.search(/[<[]/u);
      const before = at < 0 ? rest : rest.slice(0, at);
      text += this.#give(before);
      rest = rest.slice(before.length);
      if (rest === '') {
        break;
      }
      const mark = this.#marks.find((known) => begins(rest, known));
      if (mark !== undefined) {
        text = this.#pass(mark, text);
        rest = rest.slice(mark.length);
      } else if (this.#marks.some((known) => rest.length < known.length && begins(known, rest))) {
        this.#held = rest;
        break;
      } else {
        text += this.#give(rest.slice(0, 1));
        rest = rest.slice(1);
      }
    }
    return text;
  }

  end(): string {
    const rest = this.beginsUnmarked ? this.#held : this.#give(this.#held);
    this.#held = '';
    return rest;
  }

  #awaitText(piece: string): string {
    this.#held += piece;
    // Not in all that is held: thinking may be long, and comes in thousands of pieces.
    const seen = this.#last + piece;
    this.#last = seen.slice(-LONGEST_END);
    const ends = ENDS.map((mark) => ({ mark, at: seen.toLowerCase().indexOf(mark) }));
    const end = ends.find(({ at }) => at >= 0);
    if (end === undefined) {
      return '';
    }
    const text = seen.slice(end.at + end.mark.length);
    this.#held = '';
    this.#hasThought = true;
    this.beginsUnmarked = false;
    return this.push(text);
  }

  /** Marks that count at this place. */
  get #marks(): readonly string[] {
    if (this.#endMark !== undefined) {
      return [this.#endMark];
    }
    return this.#isAtLineBegin ? [...BEGINS, ...ENDS] : ENDS;
  }

  /** @param text what came out before the mark. @returns what of it is of the text */
  #pass(mark: string, text: string): string {
    const isUnmarked = this.#endMark === undefined && !MARKS.has(mark) && !this.#hasThought;
    this.#endMark = this.#endMark === undefined ? MARKS.get(mark) : undefined;
    this.#hasThought = true;
    this.#isAtLineBegin = true;
    if (isUnmarked) {
      this.onUnmarked();
      return '';
    }
    return text;
  }

  #give(text: string): string {
    if (this.#endMark !== undefined || text === '') {
      return '';
    }
    const lineBegin = text.lastIndexOf('\n') + 1;
    const isLineBlank = text.slice(lineBegin).trim() === '';
    this.#isAtLineBegin = isLineBlank && (lineBegin > 0 || this.#isAtLineBegin);
    return text;
  }
}

function begins(text: string, beginning: string): boolean {
  return text.slice(0, beginning.length).toLowerCase() === beginning.toLowerCase();
}
