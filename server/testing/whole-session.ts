import type { WritingLanguage } from '@creative-autogpt/protocol';
import type { EarlierText, WritingBrief } from '../authors/author';
import { compose } from '../authors/offline/compose';
import { briefOf } from './brief';

/** One finished task of a session. */
export interface WrittenTask {
  readonly brief: WritingBrief;
  readonly text: string;
}

/** What of a session a spec wants to decide. */
export interface SessionChoice {
  readonly language: WritingLanguage;
  readonly genre: string;
  readonly seed: number;
  readonly chapterCount: number;
  /** Length of a chapter. */
  readonly chapterLength: number;
}

const WHOLE_WORK_LENGTH = { zh: 500, en: 350 } as const;

/** Writes a whole session offline, each task knowing the ones before it. */
export function writeSession({
  chapterCount,
  chapterLength,
  genre,
  language,
  seed,
}: SessionChoice): WrittenTask[] {
  const chapters = Array.from({ length: chapterCount }, (_, at) => at + 1);
  const tasks: Pick<WritingBrief, 'taskType' | 'chapterIndex'>[] = [
    { taskType: 'outline', chapterIndex: null },
    { taskType: 'characters', chapterIndex: null },
    { taskType: 'world', chapterIndex: null },
    ...chapters.flatMap((chapterIndex) => [
      { taskType: 'draft' as const, chapterIndex },
      { taskType: 'revision' as const, chapterIndex },
    ]),
    { taskType: 'synopsis', chapterIndex: null },
  ];
  const earlier: EarlierText[] = [];
  return tasks.map(({ chapterIndex, taskType }) => {
    const brief = briefOf({
      taskType,
      chapterIndex,
      chapterCount,
      language,
      workTitle: language === 'zh' ? '雾中的灯塔' : 'The Lighthouse',
      goal: { genre },
      targetLength: chapterIndex === null ? WHOLE_WORK_LENGTH[language] : chapterLength,
      earlier: [...earlier],
      seed,
    });
    const text = compose(brief);
    earlier.push({ taskType, chapterIndex, title: '', text });
    return { brief, text };
  });
}
