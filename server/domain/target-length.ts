import type { SessionGoal, TaskType, WritingLanguage } from '@creative-autogpt/protocol';
import { chapterCountOf } from './plan';

/** Length of a chapter when the goal names none: characters for Chinese, words for English. */
const DEFAULT_CHAPTER_LENGTH: Record<WritingLanguage, number> = { zh: 1200, en: 800 };

/** A text about the whole work is a tenth as long as the work, within these bounds. */
const WHOLE_WORK_SHARE = 0.1;
const WHOLE_WORK_BOUNDS: Record<WritingLanguage, { shortest: number; longest: number }> = {
  zh: { shortest: 200, longest: 1500 },
  en: { shortest: 150, longest: 1000 },
};

/** No text can be asked to be shorter than a few sentences. */
const SHORTEST_CHAPTER = 50;

/** Length one task aims at: characters for Chinese, words for English. */
export function targetLengthOf(goal: SessionGoal, language: WritingLanguage, taskType: TaskType): number {
  const chapters = chapterCountOf(goal);
  const workLength = goal.word_count ?? chapters * DEFAULT_CHAPTER_LENGTH[language];
  if (taskType === 'draft' || taskType === 'revision') {
    return Math.max(SHORTEST_CHAPTER, Math.round(workLength / chapters));
  }
  const { shortest, longest } = WHOLE_WORK_BOUNDS[language];
  return Math.min(longest, Math.max(shortest, Math.round(workLength * WHOLE_WORK_SHARE)));
}
