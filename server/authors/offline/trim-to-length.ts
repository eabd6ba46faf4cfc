import type { WritingLanguage } from '@creative-autogpt/protocol';
import { lengthOf, paragraphOf, sentencesIn } from './prose';

interface Sentence {
  readonly text: string;
  readonly length: number;
  readonly paragraph: number;
}

function sentencesOf(section: readonly string[], language: WritingLanguage): Sentence[] {
  return section.flatMap((paragraph, index) =>
    sentencesIn(paragraph, language).map((text) => ({
      text,
      length: lengthOf(text, language),
      paragraph: index,
    })),
  );
}

function total(sentences: readonly Sentence[]): number {
  return sentences.reduce((sum, { length }) => sum + length, 0);
}

function paragraphsOf(sentences: readonly Sentence[], language: WritingLanguage): string[] {
  const byParagraph = new Map<number, string[]>();
  for (const { paragraph, text } of sentences) {
    byParagraph.set(paragraph, [...(byParagraph.get(paragraph) ?? []), text]);
  }
  return [...byParagraph.values()].map((texts) => paragraphOf(texts, language));
}

/**
 * Shortens sections to a length at sentence boundaries. Each time the longest one loses its last sentence, so
 * that what happens in each is kept for as long as there is room for it.
 */
export function trimToLength(
  sections: readonly (readonly string[])[],
  longest: number,
  language: WritingLanguage,
): string[][] {
  const kept = sections.map((section) => {
    const sentences = sentencesOf(section, language);
    return { sentences, length: total(sentences) };
  });
  let length = kept.reduce((sum, section) => sum + section.length, 0);
  while (length > longest) {
    const section = kept.reduce((one, other) => (other.length > one.length ? other : one));
    const removed = section.sentences.pop();
    if (removed === undefined) {
      break;
    }
    section.length -= removed.length;
    length -= removed.length;
  }
  return kept.map(({ sentences }) => paragraphsOf(sentences, language));
}
