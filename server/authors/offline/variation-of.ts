import type { WritingBrief } from '../author';
import { SeededRandom } from './random';

/** More than there are ever attempts at one task. */
const ATTEMPTS = 1000;

const LARGEST = 1_000_000;

/**
 * Which of the possible texts for a brief is written: another one for each attempt, and for each feedback. A
 * grammar does not understand what people say, so it cannot follow it: feedback gets another text, not the
 * one that was asked for. The same feedback gets the same text again. What follows from the plot alone, as
 * outline, characters and synopsis do, stays as it is.
 */
export function variationOf({ attempt, feedback }: Pick<WritingBrief, 'attempt' | 'feedback'>): number {
  const drawn = feedback.length === 0 ? 0 : new SeededRandom('feedback', ...feedback).integer(1, LARGEST);
  return attempt + ATTEMPTS * drawn;
}
