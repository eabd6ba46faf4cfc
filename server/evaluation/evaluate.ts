import type { DimensionScore, EvaluationResult } from '@creative-autogpt/protocol';
import type { WritingBrief } from '../authors/author';
import { dialogueShare } from './dialogue-share';
import type { Dimension } from './dimension';
import { length } from './length';
import { plainLines } from './plain-text';
import { repetition } from './repetition';
import { sentencesOf, wordsOf } from './segments';
import { sentenceVariety } from './sentence-variety';
import { vocabulary } from './vocabulary';

/** A text passes with this mean of its dimension scores, or a higher one. */
export const PASSING_SCORE = 0.6;

const OF_EVERY_TEXT: Readonly<Record<string, Dimension>> = {
  length,
  repetition,
  sentence_variety: sentenceVariety,
  vocabulary,
};

/** Only scenes have people who talk. */
const OF_A_SCENE: Readonly<Record<string, Dimension>> = { ...OF_EVERY_TEXT, dialogue_share: dialogueShare };

/**
 * Scores a finished text, from the text alone: the same text and brief always score the same.
 *
 * @param now When it is evaluated. @default the current time
 */
export function evaluate(text: string, brief: WritingBrief, now = new Date()): EvaluationResult {
  const { language, targetLength, taskType } = brief;
  const lines = plainLines(text);
  const measured = {
    language,
    lines,
    sentences: sentencesOf(lines, language),
    words: wordsOf(lines, language),
    targetLength,
  };
  const dimensions = taskType === 'draft' || taskType === 'revision' ? OF_A_SCENE : OF_EVERY_TEXT;
  const scores: [string, DimensionScore][] = Object.entries(dimensions).map(([name, measure]) => [
    name,
    measure(measured),
  ]);
  const score = scores.reduce((sum, [, dimension]) => sum + dimension.score, 0) / scores.length;
  return {
    passed: score >= PASSING_SCORE,
    score,
    dimension_scores: Object.fromEntries(scores),
    evaluated_at: now.toISOString(),
  };
}
