import type { Dimension } from './dimension';
import { rangeScore } from './range-score';

/** A text this much longer or shorter than asked for is as good as one that meets the length. */
const TOLERANCE = 0.1;

const NOT_SPACE = /\S/gu;

function charactersOf(lines: readonly string[]): number {
  let characters = 0;
  for (const line of lines) {
    characters += line.match(NOT_SPACE)?.length ?? 0;
  }
  return characters;
}

/**
 * Length against the length asked for: characters without spaces for Chinese, words for English. Nothing, or
 * twice what was asked for, scores 0.
 */
export const length: Dimension = ({ language, lines, words, targetLength }) => {
  const value = language === 'zh' ? charactersOf(lines) : words.length;
  const target = Math.max(1, targetLength);
  return {
    score: rangeScore(value / target, {
      from: 1 - TOLERANCE,
      to: 1 + TOLERANCE,
      worstBelow: 0,
      worstAbove: 2,
    }),
    value,
    unit: language === 'zh' ? 'characters' : 'words',
    target: targetLength,
  };
};
