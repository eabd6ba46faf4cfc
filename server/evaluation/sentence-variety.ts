import type { Dimension } from './dimension';
import { rangeScore } from './range-score';

/** Spread of sentence lengths of lively prose: below it drones, far above it is broken text. */
const LEAST_SPREAD = 0.4;
const MOST_SPREAD = 1.4;
const WORST_SPREAD = 4;

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Standard deviation in units of the mean. */
function coefficientOfVariation(values: readonly number[]): number {
  const average = values.length === 0 ? 0 : mean(values);
  if (average === 0) {
    return 0;
  }
  return Math.sqrt(mean(values.map((value) => (value - average) ** 2))) / average;
}

/** How much the lengths of the sentences differ: their coefficient of variation. */
export const sentenceVariety: Dimension = ({ sentences }) => {
  const value = coefficientOfVariation(sentences.map((sentence) => sentence.length));
  return {
    score: rangeScore(value, {
      from: LEAST_SPREAD,
      to: MOST_SPREAD,
      worstBelow: 0,
      worstAbove: WORST_SPREAD,
    }),
    value,
    unit: 'ratio',
    target: [LEAST_SPREAD, MOST_SPREAD],
  };
};
