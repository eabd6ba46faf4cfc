import type { Dimension } from './dimension';
import { rangeScore } from './range-score';

/** Words per window. Covington and McFall use windows of this order for texts of a few pages. */
const WINDOW = 100;

/** Fiction in both languages reaches this share of distinct words in a window. */
const RICH_SHARE = 0.6;
const WORST_SHARE = 0.2;

/**
 * Moving-average type–token ratio: the share of distinct words in each window of the text, averaged. Unlike
 * the plain ratio it does not fall as a text grows.
 *
 * M. A. Covington and J. D. McFall, “Cutting the Gordian Knot: The Moving-Average Type–Token Ratio (MATTR)”,
 * Journal of Quantitative Linguistics 17 (2), 2010, pp. 94–100.
 */
function movingAverageTypeTokenRatio(words: readonly string[]): number {
  if (words.length <= WINDOW) {
    return words.length === 0 ? 0 : new Set(words).size / words.length;
  }
  const inWindow = new Map<string, number>();
  let distinctInAllWindows = 0;
  for (const [index, word] of words.entries()) {
    inWindow.set(word, (inWindow.get(word) ?? 0) + 1);
    const leaving = words[index - WINDOW];
    if (leaving !== undefined) {
      const left = (inWindow.get(leaving) ?? 0) - 1;
      if (left === 0) {
        inWindow.delete(leaving);
      } else {
        inWindow.set(leaving, left);
      }
    }
    if (index >= WINDOW - 1) {
      distinctInAllWindows += inWindow.size;
    }
  }
  return distinctInAllWindows / (words.length - WINDOW + 1) / WINDOW;
}

/** How rich the words are, whatever the length of the text. */
export const vocabulary: Dimension = ({ words }) => {
  const value = movingAverageTypeTokenRatio(words);
  return {
    score: rangeScore(value, { from: RICH_SHARE, to: 1, worstBelow: WORST_SHARE, worstAbove: 2 }),
    value,
    unit: 'ratio',
    target: [RICH_SHARE, 1],
  };
};
