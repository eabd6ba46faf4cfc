import type { ChapterPlan } from './chapter-plan';
import { fitSections, type Section } from './fit-sections';
import { phrasebookFor, summaryItems, titleSection, type WholeWorkTask } from './whole-work';

/** A synopsis tells at most this many chapters; of a longer work it leaves some out. */
const CHAPTERS_TOLD = 24;

/** Chapters of a synopsis that share a paragraph. */
const CHAPTERS_PER_PARAGRAPH = 4;

/** Chapters that a synopsis tells: all, or some at equal distances, always the first and the last. */
function chaptersTold(chapters: readonly ChapterPlan[]): ChapterPlan[] {
  const step = Math.max(1, (chapters.length - 1) / (CHAPTERS_TOLD - 1));
  const told = new Set(Array.from({ length: CHAPTERS_TOLD }, (_, at) => Math.round(at * step)));
  return chapters.filter((_, at) => told.has(at));
}

/** Tells the whole story in brief. */
export function composeSynopsis(task: WholeWorkTask): string {
  const { bible, language, targetLength, title } = task;
  const { synopsis, wording } = bible.language;
  const phrasebook = phrasebookFor(task, 'synopsis');
  const frame = (phrases: readonly string[]): Section => ({
    layout: 'paragraph',
    items: phrases.map((phrase, at) => ({ text: phrasebook.expand(phrase), rank: at === 0 ? 0 : at + 1 })),
  });
  const told = chaptersTold(bible.chapters);
  const paragraphs = Array.from(
    { length: Math.ceil(told.length / CHAPTERS_PER_PARAGRAPH) },
    (_, at): Section => ({
      layout: 'paragraph',
      items: told
        .slice(at * CHAPTERS_PER_PARAGRAPH, (at + 1) * CHAPTERS_PER_PARAGRAPH)
        .flatMap((plan) => summaryItems(task, plan, 'synopsis', 1)),
    }),
  );
  return fitSections(
    [
      titleSection(wording.synopsisTitle(title)),
      frame(synopsis.opening),
      ...paragraphs,
      frame(synopsis.closing),
    ],
    targetLength,
    language,
  );
}
