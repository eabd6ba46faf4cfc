import type { WritingLanguage } from '@creative-autogpt/protocol';

/** The words an exported work adds to its texts, by language. */
export const EXPORT_WORDING: Record<
  WritingLanguage,
  { chapter(number: number): string; nothingYet: string }
> = {
  zh: { chapter: (number) => `第 ${number} 章`, nothingYet: '（还没有写完的章节。）' },
  en: { chapter: (number) => `Chapter ${number}`, nothingYet: '(No chapter is finished yet.)' },
};
