import {
  isClosingRemark,
  isDivider,
  isFence,
  isOpeningRemark,
  mayBecomeClosing,
  mayBecomeOpening,
} from './remarks';
import type { TextFilter } from './text-filter';

/** Lines with something in them, before the text, that are looked at. */
const OPENING_LINES = 4;

/**
 * Most characters that are held back. What a model repeats for ever, a blank line or a remark, is text beyond
 * this, and so comes to the bound of texts.
 */
const MOST_HELD = 5000;

/**
 * Leaves out what a model says around a text: a remark before it and after it, and the fence of a code block
 * around all of it. Text comes out without delay, but for the beginning of each line, and for lines that are a
 * remark where no text follows.
 */
export class WithoutRemarks implements TextFilter {
  /** What is not decided yet. */
  #held = '';
  #place: 'before' | 'at a line' | 'within a line' | 'beyond' = 'before';
  #linesBefore = 0;
  #isRemarkDropped = false;
  /** Whether the whole text stands in a code block. */
  #isFenced = false;

  /** @param goesOn whether the answer goes on from one before it, in the middle of the text */
  constructor(private readonly goesOn = false) {}

  push(piece: string): string {
    if (this.#place === 'beyond') {
      return piece;
    }
    const lines = linesOf(this.#held + piece);
    this.#held = '';
    if (this.#place === 'before') {
      this.#dropLinesBefore(lines);
    }
    const text = this.#place === 'before' ? '' : this.#giveText(lines);
    return this.#held.length > MOST_HELD ? text + this.#giveUp() : text;
  }

  /** All of it is of the text, and all that follows. */
  #giveUp(): string {
    const held = this.#held;
    this.#held = '';
    this.#place = 'beyond';
    return held;
  }

  end(isWhole: boolean): string {
    const lines = linesOf(this.#held);
    if (this.#place === 'before') {
      this.#dropLinesBefore(lines, true);
    }
    if (!isWhole) {
      return lines.join('');
    }
    this.#dropLinesAfter(lines);
    return lines.join('').trimEnd();
  }

  #dropLinesBefore(lines: string[], isOver = false): void {
    let blank = 0;
    for (let line = lines[blank]; line !== undefined; line = lines[blank]) {
      if (line.trim() === '') {
        blank += 1;
      } else if (!isOver && !line.endsWith('\n') && mayBecomeOpening(line)) {
        break;
      } else if ((line.endsWith('\n') || isOver) && this.#isBefore(line)) {
        lines.splice(0, blank + 1);
        blank = 0;
        this.#isRemarkDropped = true;
      } else {
        this.#place = 'at a line';
        // Where the answer goes on with a text, blank lines at its beginning are of the text.
        lines.splice(0, this.goesOn && !this.#isRemarkDropped ? 0 : blank);
        return;
      }
    }
    this.#held = lines.join('');
  }

  #isBefore(line: string): boolean {
    this.#linesBefore += 1;
    const isFirstFence = !this.#isFenced && isFence(line);
    this.#isFenced ||= isFirstFence;
    return (
      this.#linesBefore <= OPENING_LINES &&
      (isFirstFence || isOpeningRemark(line) || (this.#linesBefore > 1 && isDivider(line)))
    );
  }

  /** The lines up to the last one that is of the text for sure; the space after it is held with the others. */
  #giveText(lines: readonly string[]): string {
    let certain = this.#place === 'within a line' ? 1 : 0;
    lines.forEach((line, index) => {
      if (!this.#mayComeAfter(line)) {
        certain = Math.max(certain, index + 1);
      }
    });
    if (certain > 0) {
      this.#place = 'within a line';
    }
    const text = lines.slice(0, certain).join('').trimEnd();
    this.#held = lines.join('').slice(text.length);
    return text;
  }

  #mayComeAfter(line: string): boolean {
    const isNeutral = line.trim() === '' || isDivider(line) || (this.#isFenced && isFence(line));
    return isNeutral || (line.endsWith('\n') ? isClosingRemark(line) : mayBecomeClosing(line));
  }

  #dropLinesAfter(lines: string[]): void {
    let isRemarkDropped = false;
    for (let line = lines.at(-1); line !== undefined; line = lines.at(-1)) {
      const isRemark = isClosingRemark(line) || (this.#isFenced && isFence(line));
      if (!isRemark && line.trim() !== '' && !(isRemarkDropped && isDivider(line))) {
        return;
      }
      isRemarkDropped ||= isRemark;
      lines.pop();
    }
  }
}

/** Lines with their ends; the last may have none. */
function linesOf(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/gu) ?? [];
}
