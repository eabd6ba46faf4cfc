import type { Session, SessionGoal, TaskType } from '@creative-autogpt/protocol';
import type { PlannedTask } from './new-work';
import { languageOf } from './language-of';
import { PLAN_WORDING } from './plan-wording';

const BEFORE_THE_CHAPTERS = ['outline', 'characters', 'world'] as const satisfies readonly TaskType[];
const OF_EACH_CHAPTER = ['draft', 'revision'] as const satisfies readonly TaskType[];
const AFTER_THE_CHAPTERS = ['synopsis'] as const satisfies readonly TaskType[];

/** Chapters of a work whose goal names no number. */
const DEFAULT_CHAPTER_COUNT = 3;

/** Number of chapters a work is to have. */
export function chapterCountOf(goal: SessionGoal): number {
  return goal.chapter_count ?? DEFAULT_CHAPTER_COUNT;
}

/**
 * The tasks a session consists of, in the order in which they are done: what the whole work stands on, then a
 * draft and a revision of each chapter, then the synopsis. Named in the language of the work.
 */
export function planTasks(session: Pick<Session, 'goal' | 'title'>): PlannedTask[] {
  const wording = PLAN_WORDING[languageOf(session)];
  const planned = (taskType: TaskType, chapter: number): PlannedTask => ({
    taskType,
    title: wording[taskType].title(chapter),
    description: wording[taskType].description(chapter),
    chapterIndex: chapter === 0 ? null : chapter,
  });
  const chapters = Array.from({ length: chapterCountOf(session.goal) }, (_, index) => index + 1);
  return [
    ...BEFORE_THE_CHAPTERS.map((taskType) => planned(taskType, 0)),
    ...chapters.flatMap((chapter) => OF_EACH_CHAPTER.map((taskType) => planned(taskType, chapter))),
    ...AFTER_THE_CHAPTERS.map((taskType) => planned(taskType, 0)),
  ];
}
