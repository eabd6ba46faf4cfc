import type { SessionGoal, WritingLanguage } from '@creative-autogpt/protocol';
import type { ChapterPlan } from './chapter-plan';
import { fitSections, type Section, type SectionItem } from './fit-sections';
import { Phrasebook } from './phrasebook';
import type { StoryBible } from './story-bible';
import { CAST, type SectionPhrases } from './story-language';

/** What people asked for is quoted up to this many characters. */
const LONGEST_QUOTE = 120;

/** A synopsis tells at most this many chapters; of a longer work it leaves some out. */
const CHAPTERS_TOLD = 24;

/** Chapters of a synopsis that share a paragraph. */
const CHAPTERS_PER_PARAGRAPH = 4;

/** In an outline, what happens comes before what it means. */
const OUTLINE_RANKS = { chapters: 1, premise: 2, themes: 4 } as const;

/** What a text about the whole work is written from. */
export interface WholeWorkTask {
  readonly bible: StoryBible;
  readonly goal: SessionGoal;
  /** Title the work has now. */
  readonly title: string;
  readonly language: WritingLanguage;
  readonly attempt: number;
  /** Characters for Chinese, words for English. */
  readonly targetLength: number;
}

function phrasebookFor({ attempt, bible }: WholeWorkTask, purpose: string): Phrasebook {
  const { customs, history, laws, traces } = bible.setting;
  const random = bible.random(purpose, attempt);
  const places = bible.places.flatMap(({ name, details }, at) => [
    [`place${at + 1}`, name] as const,
    [`detail${at + 1}`, details] as const,
  ]);
  return new Phrasebook(
    {
      ...bible.phrases,
      ...Object.fromEntries(places),
      law: laws,
      custom: customs,
      history,
      object: traces.map(({ first }) => first),
      sign: bible.language.weathers.flatMap(({ signs }) => signs),
      keepsake: bible.language.keepsake,
    },
    random,
  );
}

function sectionOf(phrases: SectionPhrases, phrasebook: Phrasebook, firstRank = 1): Section {
  return {
    heading: `## ${phrasebook.expand(phrases.heading)}`,
    layout: phrases.layout,
    items: [
      ...phrases.required.map((phrase) => ({ text: phrasebook.expand(phrase), rank: 0 })),
      ...phrases.optional.map((phrase, at) => ({ text: phrasebook.expand(phrase), rank: firstRank + at })),
    ],
  };
}

/** The summary of a chapter: its first sentence matters most. */
function summaryItems(
  { bible }: WholeWorkTask,
  plan: ChapterPlan,
  purpose: string,
  firstRank: number,
): SectionItem[] {
  const phrasebook = new Phrasebook(
    {
      ...bible.phrases,
      place: plan.place.name,
      nextPlace: plan.nextPlace.name,
      trace: plan.trace.first,
      thatTrace: plan.trace.then,
    },
    bible.random(purpose, plan.index),
  );
  return plan.event.summary.map((sentence, at) => ({
    text: phrasebook.expand(sentence),
    rank: firstRank + at,
  }));
}

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

function titleSection(title: string): Section {
  return { heading: `# ${title}`, keepsHeading: true, layout: 'paragraph', items: [] };
}

/** Writes what happens in the work, chapter by chapter. */
export function composeOutline(task: WholeWorkTask): string {
  const { bible, language, targetLength, title } = task;
  const { premise, themes, wording } = bible.language;
  const phrasebook = phrasebookFor(task, 'outline');
  return fitSections(
    [
      titleSection(wording.outlineTitle(title)),
      goalSection(task),
      sectionOf(premise, phrasebook, OUTLINE_RANKS.premise),
      { heading: `## ${wording.chaptersHeading}`, keepsHeading: true, layout: 'paragraph', items: [] },
      ...bible.chapters.map((plan): Section => ({
        heading: `### ${wording.chapterTitle(plan.index, plan.title)}`,
        keepsHeading: true,
        layout: 'paragraph',
        items: summaryItems(task, plan, 'outline', OUTLINE_RANKS.chapters),
      })),
      sectionOf(themes, phrasebook, OUTLINE_RANKS.themes),
    ],
    targetLength,
    language,
  );
}

/** Writes who is in it. */
export function composeCharacters(task: WholeWorkTask): string {
  const { bible, language, targetLength, title } = task;
  const { characters, relations, wording } = bible.language;
  const phrasebook = phrasebookFor(task, 'characters');
  return fitSections(
    [
      titleSection(wording.charactersTitle(title)),
      ...CAST.map((member) => sectionOf(characters[member], phrasebook)),
      sectionOf(relations, phrasebook),
    ],
    targetLength,
    language,
  );
}

/** Writes where and by which rules it happens. */
export function composeWorld(task: WholeWorkTask): string {
  const { bible, language, targetLength, title } = task;
  const phrasebook = phrasebookFor(task, 'world');
  return fitSections(
    [
      titleSection(bible.language.wording.worldTitle(title)),
      ...bible.language.world.map((section) => sectionOf(section, phrasebook)),
    ],
    targetLength,
    language,
  );
}

/** Chapters that a synopsis tells: all, or some at equal distances, always the first and the last. */
function chaptersTold(chapters: readonly ChapterPlan[]): ChapterPlan[] {
  const step = Math.max(1, (chapters.length - 1) / (CHAPTERS_TOLD - 1));
  const told = new Set(Array.from({ length: CHAPTERS_TOLD }, (_, at) => Math.round(at * step)));
  return chapters.filter((_, at) => told.has(at));
}

/** Tells the whole story in brief. */
export function composeSynopsis(task: WholeWorkTask): string {
  const { bible, language, targetLength, title } = task;
  const { synopsisClosing, synopsisOpening, wording } = bible.language;
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
      frame(synopsisOpening),
      ...paragraphs,
      frame(synopsisClosing),
    ],
    targetLength,
    language,
  );
}
