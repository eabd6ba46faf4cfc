import type { Dimension } from './dimension';
import { rangeScore } from './range-score';

/** Five words in a row that come again are a phrase said twice, no longer a coincidence of grammar. */
const PHRASE_LENGTH = 5;

/** Refrains and names make even good prose repeat this share of its phrases. */
const NATURAL_SHARE = 0.08;

/** From this share on a text goes in circles. */
const WORST_SHARE = 0.4;

function repeatedShare(items: readonly string[]): number {
  return items.length === 0 ? 0 : 1 - new Set(items).size / items.length;
}

function phrasesOf(words: readonly string[]): string[] {
  const count = Math.max(0, words.length - PHRASE_LENGTH + 1);
  return Array.from({ length: count }, (_, start) => words.slice(start, start + PHRASE_LENGTH).join(' '));
}

/** Share of phrases, or of whole sentences where that is the larger one, that the text has said before. */
export const repetition: Dimension = ({ sentences, words }) => {
  const value = Math.max(repeatedShare(phrasesOf(words)), repeatedShare(sentences));
  return {
    score: rangeScore(value, { from: 0, to: NATURAL_SHARE, worstBelow: -1, worstAbove: WORST_SHARE }),
    value,
    unit: 'ratio',
    target: [0, NATURAL_SHARE],
  };
};
