import type { SeededRandom } from './random';
import { type Phase, PHASES, type StoryEvent } from './story-content';
import type { StoryLanguage } from './story-language';

/** The story turns after this share of its chapters. */
const TURN_AT = 0.6;

/** Chapters each phase gets; together they are `chapterCount`, which is at least 2. */
function chaptersOf(phase: Phase, chapterCount: number): number {
  const turn = chapterCount < 3 ? 0 : Math.max(2, Math.ceil(chapterCount * TURN_AT));
  const lengths: Record<Phase, number> = {
    opening: 1,
    rising: Math.max(0, turn - 2),
    turning: turn === 0 ? 0 : 1,
    falling: turn === 0 ? 0 : chapterCount - turn - 1,
    ending: 1,
  };
  return lengths[phase];
}

/** A work of one chapter: how it begins, and how it ends. */
function wholeStory(opening: StoryEvent, ending: StoryEvent): StoryEvent {
  return {
    key: 'whole-story',
    titles: ending.titles,
    summary: [...opening.summary.slice(0, 2), ...ending.summary.slice(0, 2)],
    beats: [...opening.beats.slice(0, 2), ...ending.beats],
  };
}

/** Puts an event that must come last behind the others. */
function lastOnesLast(events: readonly StoryEvent[]): StoryEvent[] {
  return [...events.filter((event) => !event.comesLast), ...events.filter((event) => event.comesLast)];
}

/**
 * Events for one phase. When there are more chapters than events, they come again, in another order each
 * time.
 */
function eventsOf(
  candidates: readonly StoryEvent[],
  count: number,
  neededLater: ReadonlySet<string>,
  random: SeededRandom,
): StoryEvent[] {
  const chosen: StoryEvent[] = [];
  while (chosen.length < count) {
    const shuffled = random.shuffled(candidates);
    // What later events refer back to is chosen first, so that they can happen.
    const preferred = [
      ...shuffled.filter(({ key }) => neededLater.has(key)),
      ...shuffled.filter(({ key }) => !neededLater.has(key)),
    ];
    chosen.push(...lastOnesLast(random.shuffled(preferred.slice(0, count - chosen.length))));
  }
  return lastOnesLast(chosen);
}

/** One event for each chapter, in the order of the story's arc. */
export function arrangeEvents(
  language: StoryLanguage,
  chapterCount: number,
  random: SeededRandom,
): StoryEvent[] {
  const { events } = language;
  if (chapterCount === 1) {
    const endings = events.ending.filter(({ needs }) => needs === undefined);
    return [wholeStory(random.pick(events.opening), random.pick(endings))];
  }

  const neededLater = new Set(PHASES.flatMap((phase) => events[phase].flatMap(({ needs }) => needs ?? [])));
  const arranged: StoryEvent[] = [];
  for (const phase of PHASES) {
    const happened = new Set(arranged.map(({ key }) => key));
    const possible = events[phase].filter(({ needs }) => needs === undefined || happened.has(needs));
    arranged.push(...eventsOf(possible, chaptersOf(phase, chapterCount), neededLater, random));
  }
  return arranged;
}
