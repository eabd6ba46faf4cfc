import type { WritingLanguage } from '@creative-autogpt/protocol';
import type { MeasuredText } from '../evaluation/dimension';
import { plainLines } from '../evaluation/plain-text';
import { sentencesOf, wordsOf } from '../evaluation/segments';

/** Takes a text apart for the spec of one dimension. */
export function measured(text: string, language: WritingLanguage = 'zh', targetLength = 100): MeasuredText {
  const lines = plainLines(text);
  return {
    language,
    lines,
    sentences: sentencesOf(lines, language),
    words: wordsOf(lines, language),
    targetLength,
  };
}
