import type { WritingLanguage } from '@creative-autogpt/protocol';
import type { ChapterPlan } from './chapter-plan';
import { Deck } from './deck';
import { interludeSlots } from './interlude-slots';
import { lengthOf } from './prose';
import { SceneWriter } from './scene-writer';
import type { StoryBible } from './story-bible';
import { type Interlude, INTERLUDES, type Scene } from './story-content';
import { trimToLength } from './trim-to-length';

/** The length aimed at is met this closely while there are sentences to choose from. */
const TOLERANCE = 0.03;

/** From this length on, the scenes of a chapter are set apart by a line. */
const SCENE_BREAKS_FROM: Record<WritingLanguage, number> = { zh: 1600, en: 1000 };
const SCENE_BREAK = '* * *';

/** Interludes a chapter uses up of each kind before the next chapter's begin. */
const DEALT_PER_CHAPTER = 5;

/** What is drafted: one chapter, at one attempt. */
export interface ChapterTask {
  readonly bible: StoryBible;
  readonly plan: ChapterPlan;
  readonly language: WritingLanguage;
  readonly attempt: number;
  /** Characters for Chinese, words for English. */
  readonly targetLength: number;
}

type InterludeDecks = Readonly<Record<Interlude, Deck<Scene>>>;

/** Decks in an order of this work, each chapter going on roughly where the one before it stopped. */
function interludeDecks({ attempt, bible, plan }: ChapterTask): InterludeDecks {
  const deckOf = (kind: Interlude): Deck<Scene> => {
    const scenes = bible.language.interludes[kind];
    const all = kind === 'action' ? [...scenes, ...bible.setting.scenes] : scenes;
    const first = (plan.index - 1) * DEALT_PER_CHAPTER + attempt;
    return new Deck(bible.random('interludes', kind).shuffled(all), first);
  };
  return {
    atmosphere: deckOf('atmosphere'),
    talk: deckOf('talk'),
    thought: deckOf('thought'),
    action: deckOf('action'),
    encounter: deckOf('encounter'),
    memory: deckOf('memory'),
  };
}

/** The events of the chapter, from how it opens to how it closes. */
function writeEvents({ attempt, bible, plan }: ChapterTask, writer: SceneWriter): string[][] {
  const { closings, openings } = bible.language;
  const inTurn = (purpose: string, scenes: readonly Scene[]): Scene =>
    new Deck(bible.random(purpose).shuffled(scenes), plan.index + attempt).deal();
  const opening = inTurn('openings', plan.index === 1 ? openings.first : openings.later);
  const closing = inTurn('closings', plan.isLast ? closings.last : closings.earlier);
  return [opening, ...plan.event.beats, closing].map((scene) => writer.write(scene));
}

/**
 * Puts interludes behind the events until the chapter is as long as it should be. A chapter so long that
 * there is nothing new to tell ends early rather than going in circles.
 */
function fillWithInterludes(
  sections: string[][],
  task: ChapterTask,
  writer: SceneWriter,
  missing: number,
): void {
  const { language, plan, targetLength } = task;
  const tolerance = targetLength * TOLERANCE;
  const decks = interludeDecks(task);
  const slots = new Deck(interludeSlots(plan));
  const turnsOfGap = new Map<number, number>();
  let remaining = missing;
  while (remaining > tolerance && !INTERLUDES.every((kind) => decks[kind].isSpent)) {
    const { gap, kinds } = slots.deal();
    const fresh = kinds.filter((kind) => !decks[kind].isSpent);
    const turn = turnsOfGap.get(gap) ?? gap;
    turnsOfGap.set(gap, turn + 1);
    const kind = fresh[turn % fresh.length];
    if (kind === undefined) {
      continue;
    }
    const scene = trimToLength([writer.writeFresh(decks[kind])], remaining + tolerance, language).flat();
    if (scene.length === 0) {
      return;
    }
    sections[gap]?.push(...scene);
    remaining -= lengthOf(scene.join('\n'), language);
  }
}

function join(sections: readonly (readonly string[])[], { language, targetLength }: ChapterTask): string {
  const separator = targetLength >= SCENE_BREAKS_FROM[language] ? `\n\n${SCENE_BREAK}\n\n` : '\n\n';
  const [opening = [], ...rest] = sections.filter((section) => section.length > 0);
  const closing = rest.pop() ?? [];
  const [firstEvent = [], ...events] = rest;
  return [[...opening, ...firstEvent], ...events.slice(0, -1), [...(events.at(-1) ?? []), ...closing]]
    .map((section) => section.join('\n\n'))
    .filter((section) => section !== '')
    .join(separator);
}

/** Heading of a chapter, as its draft and its revision carry it. */
export function chapterHeading({ bible, plan }: Pick<ChapterTask, 'bible' | 'plan'>): string {
  return `## ${bible.language.wording.chapterTitle(plan.index, plan.title)}`;
}

/** Writes a chapter for the first time. */
export function composeDraft(task: ChapterTask): string {
  const { attempt, bible, language, plan, targetLength } = task;
  const random = bible.random('draft', plan.index, attempt);
  const writer = new SceneWriter(bible, plan, language, random);
  const heading = chapterHeading(task);
  const room = targetLength - lengthOf(heading, language);
  const sections = writeEvents(task, writer);
  const missing = room - lengthOf(sections.flat().join('\n'), language);
  if (missing >= 0) {
    fillWithInterludes(sections, task, writer, missing);
    return `${heading}\n\n${join(sections, task)}`;
  }
  const trimmed = trimToLength(sections, room + targetLength * TOLERANCE, language);
  return `${heading}\n\n${join(trimmed, task)}`;
}
