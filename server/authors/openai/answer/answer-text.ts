import { Seam } from './seam';
import { chained, type TextFilter } from './text-filter';
import { WithoutRemarks } from './without-remarks';
import { WithoutThinking } from './without-thinking';

/** What is known about an answer before it begins. */
export interface AnswerTextOptions {
  /** The text that the answer goes on from; empty where it begins it. */
  readonly written: string;
  /** Whether the model is known to begin with thinking that has no mark. */
  readonly beginsUnmarked: boolean;
  /** Is called when all that came out so far was thinking. */
  readonly onUnmarked: () => void;
}

/** The text of one answer of a model: without what it thinks, says to its reader, or has written already. */
export function answerText({ written, beginsUnmarked, onUnmarked }: AnswerTextOptions): TextFilter {
  const isContinued = written !== '';
  const afterThinking = (): TextFilter =>
    chained([new WithoutRemarks(isContinued), ...(isContinued ? [new Seam(written)] : [])]);
  let text = afterThinking();
  const thinking = new WithoutThinking(() => {
    text = afterThinking();
    onUnmarked();
  }, beginsUnmarked);
  return {
    // In two steps: what the first one finds out may replace what the second one works with.
    push: (piece) => {
      const words = thinking.push(piece);
      return text.push(words);
    },
    end: (isWhole) => {
      const words = thinking.end();
      return text.push(words) + text.end(isWhole);
    },
  };
}
