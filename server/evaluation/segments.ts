import type { WritingLanguage } from '@creative-autogpt/protocol';

/**
 * ICU keeps state that grows with what it is given; pieces of this many UTF-16 units keep the work linear.
 */
const LONGEST_PIECE = 4000;

const segmenters: Record<WritingLanguage, Record<'word' | 'sentence', Intl.Segmenter>> = {
  zh: {
    word: new Intl.Segmenter('zh', { granularity: 'word' }),
    sentence: new Intl.Segmenter('zh', { granularity: 'sentence' }),
  },
  en: {
    word: new Intl.Segmenter('en', { granularity: 'word' }),
    sentence: new Intl.Segmenter('en', { granularity: 'sentence' }),
  },
};

function* pieces(lines: readonly string[]): Generator<string> {
  for (const line of lines) {
    for (let start = 0; start < line.length; start += LONGEST_PIECE) {
      yield line.slice(start, start + LONGEST_PIECE);
    }
  }
}

/** The words of some lines, in lower case, without punctuation. */
export function wordsOf(lines: readonly string[], language: WritingLanguage): string[] {
  const words: string[] = [];
  for (const piece of pieces(lines)) {
    for (const { segment, isWordLike } of segmenters[language].word.segment(piece)) {
      if (isWordLike) {
        words.push(segment.toLowerCase());
      }
    }
  }
  return words;
}

/** The sentences of some lines; a line break ends a sentence too. */
export function sentencesOf(lines: readonly string[], language: WritingLanguage): string[] {
  const sentences: string[] = [];
  for (const piece of pieces(lines)) {
    for (const { segment } of segmenters[language].sentence.segment(piece)) {
      const sentence = segment.trim();
      if (sentence !== '') {
        sentences.push(sentence);
      }
    }
  }
  return sentences;
}
