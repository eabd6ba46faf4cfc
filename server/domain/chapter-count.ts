import type { SessionGoal } from '@creative-autogpt/protocol';

/** Chapters of a work whose goal names no number. */
const DEFAULT_CHAPTER_COUNT = 3;

/** Number of chapters a work is to have. */
export function chapterCountOf(goal: SessionGoal): number {
  return goal.chapter_count ?? DEFAULT_CHAPTER_COUNT;
}
