import type { NewSession, PlannedTask, TaskOutcome } from '../domain/new-work';

/** A session of a Chinese novel. */
export const NOVEL: NewSession = {
  title: '星海拾遗',
  mode: 'novel',
  goal: { genre: '科幻', chapter_count: 1, language: 'zh' },
  config: { seed: 7 },
};

/** A plan of two tasks for it. */
export const PLAN: readonly PlannedTask[] = [
  { taskType: 'outline', title: '大纲', description: '全书的主线。', chapterIndex: null },
  { taskType: 'draft', title: '第 1 章 初稿', description: '写出第 1 章。', chapterIndex: 1 },
];

/** What a finished task of it may leave. */
export const OUTCOME: TaskOutcome = {
  result: '潮声漫过旧码头。😀',
  evaluation: { passed: true, score: 0.8 },
  calls: 1,
  promptTokens: 30,
  completionTokens: 12,
  provider: 'offline',
  model: 'grammar',
  seconds: 2.5,
};
