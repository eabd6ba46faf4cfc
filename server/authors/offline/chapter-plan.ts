import { arrangeEvents } from './arrange-events';
import { Deck } from './deck';
import type { SeededRandom } from './random';
import type { DayShape, Place, Setting, StoryEvent, Trace, Weather } from './story-content';
import type { StoryLanguage } from './story-language';

/** What is settled about one chapter before a word of it is written. */
export interface ChapterPlan {
  /** Chapter number, from 1. */
  readonly index: number;
  readonly isLast: boolean;
  readonly title: string;
  readonly event: StoryEvent;
  readonly place: Place;
  /** Where the chapter before was, or this one when it is the first. */
  readonly previousPlace: Place;
  /** Where the story goes next, or this place when it is the last. */
  readonly nextPlace: Place;
  /** What is found in this chapter. */
  readonly trace: Trace;
  /** What the hero carries when the chapter begins. */
  readonly kept: string;
  readonly weather: Weather;
  readonly day: DayShape;
}

interface PlanInput {
  readonly chapterCount: number;
  readonly language: StoryLanguage;
  readonly setting: Setting;
  readonly places: readonly Place[];
  readonly random: SeededRandom;
}

/** A title not used yet, if the event has one; else its first with the number of its return. */
function titleFor(
  event: StoryEvent,
  usesOfTitle: Map<string, number>,
  { language, random }: PlanInput,
): string {
  const titles = random.shuffled(event.titles);
  const title = titles.find((candidate) => !usesOfTitle.has(candidate)) ?? random.pick(event.titles);
  const uses = (usesOfTitle.get(title) ?? 0) + 1;
  usesOfTitle.set(title, uses);
  return uses === 1 ? title : language.wording.titleAgain(title, uses);
}

function weatherFor(event: StoryEvent, { language }: PlanInput, weathers: Deck<Weather>): Weather {
  return language.weathers.find(({ key }) => key === event.weather) ?? weathers.deal();
}

/** Plans every chapter of a work. */
export function planChapters(input: PlanInput): ChapterPlan[] {
  const { chapterCount, language, places, random, setting } = input;
  const events = arrangeEvents(language, chapterCount, random);
  const traces = new Deck(random.shuffled(setting.traces));
  const weathers = new Deck(random.shuffled(language.weathers));
  const usesOfTitle = new Map<string, number>();
  const route = new Deck(places);
  let previousPlace: Place | undefined;
  let place = route.deal();
  let kept = language.people.keepsake;
  return events.map((event, at) => {
    const isLast = at === events.length - 1;
    const nextPlace = isLast ? place : route.deal();
    const trace = traces.deal();
    const plan: ChapterPlan = {
      index: at + 1,
      isLast,
      title: titleFor(event, usesOfTitle, input),
      event,
      place,
      previousPlace: previousPlace ?? place,
      nextPlace,
      trace,
      kept: chapterCount === 1 ? trace.then : kept,
      weather: weatherFor(event, input, weathers),
      day: random.pick(language.days),
    };
    previousPlace = place;
    place = nextPlace;
    kept = trace.then;
    return plan;
  });
}
