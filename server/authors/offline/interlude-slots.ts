import type { ChapterPlan } from './chapter-plan';
import { type Interlude, INTERLUDES } from './story-content';

/** A gap between two events of a chapter, and what may happen in it. */
export interface InterludeSlot {
  /** The gap behind the event with this number. 0 is the opening. */
  readonly gap: number;
  readonly kinds: readonly Interlude[];
}

/** On the way to the next event anything may happen. */
const ON_THE_WAY = INTERLUDES;

/** Between the parts of one event nobody walks away from it. */
const HOLDING_STILL: readonly Interlude[] = ['thought', 'atmosphere', 'memory'];

/** After the event people look back. */
const LOOKING_BACK: readonly Interlude[] = ['talk', 'thought', 'atmosphere', 'memory'];

/** The friend enters the story with the second event of the first chapter. */
const EVENTS_BEFORE_COMPANY = 2;

/** Slots in the order in which they are filled, over and over, until a chapter is long enough. */
export function interludeSlots({ event, index, isLast }: ChapterPlan): InterludeSlot[] {
  const lastGap = event.beats.length;
  const wayGap = index === 1 ? EVENTS_BEFORE_COMPANY : 0;
  const onTheWay = { gap: wayGap, kinds: ON_THE_WAY };
  const lookingBack = { gap: lastGap, kinds: isLast ? HOLDING_STILL : LOOKING_BACK };
  const between = Array.from({ length: lastGap }, (_, gap) => ({ gap, kinds: HOLDING_STILL })).filter(
    ({ gap }) => gap !== wayGap,
  );
  return between.flatMap((slot) => [onTheWay, lookingBack, onTheWay, onTheWay, slot]);
}
