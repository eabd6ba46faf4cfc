import type { WritingLanguage } from '@creative-autogpt/protocol';

const MARKS_AND_SPACE = /[\s#*]+/gu;
const NOT_SPACE = /[^\s#*-]\S*/gu;
const CLAUSE_BREAK = /[，。！？；：、“”…—,.!?;:]+/u;

/** The shortest clause whose return a reader notices. */
const NOTICEABLE: Record<WritingLanguage, number> = { zh: 8, en: 5 };

/** Length without Markdown marks: characters for Chinese, words for English. */
export function lengthOf(text: string, language: WritingLanguage): number {
  return language === 'zh' ? text.replace(MARKS_AND_SPACE, '').length : (text.match(NOT_SPACE)?.length ?? 0);
}

/**
 * The sentences of a paragraph. What is said between quotation marks stays in one piece with the sentence
 * around it.
 */
export function sentencesIn(paragraph: string, language: WritingLanguage): string[] {
  const ends = language === 'zh' ? '。！？…' : '.!?…';
  const sentences: string[] = [];
  let depth = 0;
  let start = 0;
  for (let at = 0; at < paragraph.length; at++) {
    const character = paragraph.charAt(at);
    const next = paragraph.charAt(at + 1);
    depth += character === '“' ? 1 : character === '”' ? -1 : 0;
    const nextIsFree = next !== '”' && !ends.includes(next) && (language === 'zh' || next === ' ');
    if (next === '' || (depth === 0 && ends.includes(character) && nextIsFree)) {
      sentences.push(paragraph.slice(start, at + 1).trim());
      start = at + 1;
    }
  }
  return sentences;
}

/** Puts sentences back into a paragraph. */
export function paragraphOf(sentences: readonly string[], language: WritingLanguage): string {
  return sentences.join(language === 'zh' ? '' : ' ');
}

/** The clauses that would be noticed if they were said again. */
export function noticeableClauses(text: string, language: WritingLanguage): string[] {
  return text
    .split(CLAUSE_BREAK)
    .map((clause) => clause.trim())
    .filter((clause) => lengthOf(clause, language) >= NOTICEABLE[language]);
}
