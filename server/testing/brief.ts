import type { WritingBrief } from '../authors/author';

/** A brief for specs: the draft of the second of three chapters, in Chinese, unless told otherwise. */
export function briefOf(changes: Partial<WritingBrief> = {}): WritingBrief {
  return {
    taskType: 'draft',
    workTitle: '雾中的灯塔',
    language: 'zh',
    goal: { genre: '悬疑' },
    chapterIndex: 2,
    chapterCount: 3,
    targetLength: 1200,
    earlier: [],
    seed: 1,
    attempt: 0,
    begun: '',
    feedback: [],
    ...changes,
  };
}
