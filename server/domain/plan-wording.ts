import type { TaskType, WritingLanguage } from '@creative-autogpt/protocol';

/** How a task of the plan is called and described. `chapter` counts from 1 and is 0 for the whole work. */
export interface TaskWording {
  title(chapter: number): string;
  description(chapter: number): string;
}

const CHINESE: Record<TaskType, TaskWording> = {
  outline: { title: () => '大纲', description: () => '全书的主线、各章的情节与转折。' },
  characters: { title: () => '人物设定', description: () => '主要人物的性格、目标与彼此的关系。' },
  world: { title: () => '世界观', description: () => '故事发生的时代、地点与规则。' },
  draft: {
    title: (chapter) => `第 ${chapter} 章 初稿`,
    description: (chapter) => `依照大纲写出第 ${chapter} 章。`,
  },
  revision: {
    title: (chapter) => `第 ${chapter} 章 修订`,
    description: (chapter) => `打磨第 ${chapter} 章的语言与节奏，并与前文呼应。`,
  },
  synopsis: { title: () => '故事梗概', description: () => '为读者概括全书。' },
};

const ENGLISH: Record<TaskType, TaskWording> = {
  outline: {
    title: () => 'Outline',
    description: () => 'The main line of the story, with the events and turns of each chapter.',
  },
  characters: {
    title: () => 'Characters',
    description: () => 'Who the main characters are, what they want, and how they stand to each other.',
  },
  world: { title: () => 'World', description: () => 'The time, the place and the rules of the story.' },
  draft: {
    title: (chapter) => `Chapter ${chapter} draft`,
    description: (chapter) => `Chapter ${chapter}, written after the outline.`,
  },
  revision: {
    title: (chapter) => `Chapter ${chapter} revision`,
    description: (chapter) =>
      `Chapter ${chapter} with better language and pace, in keeping with what came before.`,
  },
  synopsis: { title: () => 'Synopsis', description: () => 'The whole work in brief, for its readers.' },
};

/** The words of a plan by language. */
export const PLAN_WORDING: Record<WritingLanguage, Record<TaskType, TaskWording>> = {
  zh: CHINESE,
  en: ENGLISH,
};
