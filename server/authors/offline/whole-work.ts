import type { SessionGoal, WritingLanguage } from '@creative-autogpt/protocol';
import type { ChapterPlan } from './chapter-plan';
import type { Section, SectionItem } from './fit-sections';
import { Phrasebook } from './phrasebook';
import type { StoryBible } from './story-bible';
import type { SectionPhrases } from './story-content';

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

/** The phrases of the work, for a text of the given purpose. */
export function phrasebookFor({ attempt, bible }: WholeWorkTask, purpose: string): Phrasebook {
  const { customs, history, laws, traces } = bible.setting;
  const random = bible.random(purpose, attempt);
  const places: Record<string, string | readonly string[]> = {};
  for (const [at, { details, name }] of bible.places.entries()) {
    places[`place${String(at + 1)}`] = name;
    places[`detail${String(at + 1)}`] = details;
  }
  return new Phrasebook(
    {
      ...bible.phrases,
      ...places,
      law: laws,
      custom: customs,
      history,
      object: traces.map(({ first }) => first),
      sign: bible.language.weathers.flatMap(({ signs }) => signs),
      keepsake: bible.language.people.keepsake,
    },
    random,
  );
}

/** A section whose first optional item has the given rank. */
export function sectionOf(phrases: SectionPhrases, phrasebook: Phrasebook, firstRank = 1): Section {
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
export function summaryItems(
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

/** The title of a text. */
export function titleSection(title: string): Section {
  return { heading: `# ${title}`, keepsHeading: true, layout: 'paragraph', items: [] };
}
