import { fitSections, type Section } from './fit-sections';
import { phrasebookFor, sectionOf, summaryItems, titleSection, type WholeWorkTask } from './whole-work';

/** What people asked for is quoted up to this many characters. */
const LONGEST_QUOTE = 120;

/** In an outline, what happens comes before what it means. */
const OUTLINE_RANKS = { chapters: 1, premise: 2, themes: 4 } as const;

function quoted(text: string): string {
  const line = text.replace(/\s+/gu, ' ').trim();
  return line.length > LONGEST_QUOTE ? `${line.slice(0, LONGEST_QUOTE)}…` : line;
}

function goalSection({ bible, goal }: WholeWorkTask): Section {
  const { wording } = bible.language;
  const lines = [
    goal.genre ? wording.genre(quoted(goal.genre)) : '',
    goal.style ? wording.style(quoted(goal.style)) : '',
    wording.extent(bible.chapters.length),
    goal.requirement ? wording.requirement(quoted(goal.requirement)) : '',
  ];
  return { layout: 'list', items: lines.filter((line) => line !== '').map((text) => ({ text, rank: 0 })) };
}

/** Writes what happens in the work, chapter by chapter. */
export function composeOutline(task: WholeWorkTask): string {
  const { bible, language, targetLength, title } = task;
  const { outline, wording } = bible.language;
  const phrasebook = phrasebookFor(task, 'outline');
  return fitSections(
    [
      titleSection(wording.outlineTitle(title)),
      goalSection(task),
      sectionOf(outline.premise, phrasebook, OUTLINE_RANKS.premise),
      { heading: `## ${wording.chaptersHeading}`, keepsHeading: true, layout: 'paragraph', items: [] },
      ...bible.chapters.map((plan): Section => ({
        heading: `### ${wording.chapterTitle(plan.index, plan.title)}`,
        keepsHeading: true,
        layout: 'paragraph',
        items: summaryItems(task, plan, 'outline', OUTLINE_RANKS.chapters),
      })),
      sectionOf(outline.themes, phrasebook, OUTLINE_RANKS.themes),
    ],
    targetLength,
    language,
  );
}
