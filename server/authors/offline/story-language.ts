import type { Phrases } from './phrasebook';

/** The kinds of story the offline author can tell. */
export const GENRES = ['scifi', 'fantasy', 'mystery', 'romance', 'wuxia', 'general'] as const;
export type Genre = (typeof GENRES)[number];

/** What the search of the story is for. */
export interface Prize {
  readonly name: string;
  /** A verb phrase: what it does or is. */
  readonly nature: string;
}

export interface Place {
  readonly name: string;
  /** Main clauses about it, without a full stop. */
  readonly details: readonly string[];
}

/** Something found on the way, named at first and from then on. */
export interface Trace {
  readonly first: string;
  readonly then: string;
}

/** The world of one genre. */
export interface Setting {
  readonly towns: readonly string[];
  /** Powers that want the prize too. */
  readonly guilds: readonly string[];
  readonly prizes: readonly Prize[];
  readonly motifs: readonly string[];
  readonly heroRoles: readonly string[];
  readonly friendRoles: readonly string[];
  readonly rivalRoles: readonly string[];
  readonly elderRoles: readonly string[];
  readonly places: readonly Place[];
  readonly traces: readonly Trace[];
  /** Sentences about how the world works, how people live in it, and what has happened in it. */
  readonly laws: readonly string[];
  readonly customs: readonly string[];
  readonly history: readonly string[];
  /** Short scenes that only this genre has. */
  readonly scenes: readonly Scene[];
}

/** Paragraphs that belong together. */
export type Scene = readonly string[];

/** What one chapter is about. */
export interface StoryEvent {
  /** Names it for events that refer back to it. */
  readonly key: string;
  /** Key of an event that must have happened in an earlier chapter. */
  readonly needs?: string;
  /** Whether it must be the last of its phase. */
  readonly comesLast?: boolean;
  /** Name of the only weather it can happen in. */
  readonly weather?: string;
  readonly titles: readonly string[];
  /** Three sentences: what happens, what comes of it, where it leaves the hero. */
  readonly summary: readonly string[];
  /** Three scenes in the order in which they happen. */
  readonly beats: readonly Scene[];
}

/** Where in the arc of the work a chapter stands. */
export const PHASES = ['opening', 'rising', 'turning', 'falling', 'ending'] as const;
export type Phase = (typeof PHASES)[number];

/** Short scenes between the events of a chapter. */
export const INTERLUDES = ['atmosphere', 'talk', 'thought', 'action', 'encounter', 'memory'] as const;
export type Interlude = (typeof INTERLUDES)[number];

export interface Weather {
  readonly name: string;
  /** Whole sentences. */
  readonly signs: readonly string[];
}

/** How a chapter's hours pass: phrases that begin a sentence, and end without a comma. */
export interface DayShape {
  readonly opening: readonly string[];
  readonly later: readonly string[];
  readonly last: readonly string[];
}

export type Gender = 'female' | 'male';

/** One section of a text about the work: what it must say, and what it says if there is room. */
export interface SectionPhrases {
  readonly heading: string;
  readonly layout: 'list' | 'paragraph';
  readonly required: readonly string[];
  readonly optional: readonly string[];
}

/** The people of the story, in the order in which they are introduced. */
export const CAST = ['hero', 'friend', 'rival', 'elder'] as const;
export type CastMember = (typeof CAST)[number];

/** Words around what the goal says, composed by code because they hold what people typed. */
export interface GoalWording {
  outlineTitle(title: string): string;
  charactersTitle(title: string): string;
  worldTitle(title: string): string;
  synopsisTitle(title: string): string;
  genre(genre: string): string;
  style(style: string): string;
  requirement(requirement: string): string;
  extent(chapters: number): string;
  chaptersHeading: string;
  chapterTitle(index: number, title: string): string;
  /** A title that is used again. `part` counts from 2. */
  titleAgain(title: string, part: number): string;
}

/** Everything the offline author needs to write in one language. */
export interface StoryLanguage {
  readonly names: Readonly<Record<Gender, readonly string[]>>;
  readonly rivalNames: Readonly<Record<Gender, readonly string[]>>;
  readonly elderNames: Readonly<Record<Gender, readonly string[]>>;
  /** Pronouns as symbols. The hero's are named `she`… and the friend's `he`…, whatever they stand for. */
  readonly pronouns: Readonly<Record<CastMember, Readonly<Record<Gender, Phrases>>>>;
  /** What the hero carries before the first trace is found. */
  readonly keepsake: string;
  /** How many years the elder has been gone. */
  readonly years: readonly string[];
  /** Words in the goal that name a genre; the first that matches wins, else it is `general`. */
  readonly genreWords: readonly (readonly [RegExp, Genre])[];
  /** Finds the name of the main character in what the goal asks for. */
  readonly heroNamePattern: RegExp;
  readonly settings: Readonly<Record<Genre, Setting>>;
  readonly weathers: readonly Weather[];
  readonly dayShapes: readonly DayShape[];
  readonly events: Readonly<Record<Phase, readonly StoryEvent[]>>;
  readonly interludes: Readonly<Record<Interlude, readonly Scene[]>>;
  readonly firstOpenings: readonly Scene[];
  readonly laterOpenings: readonly Scene[];
  readonly closings: readonly Scene[];
  readonly lastClosings: readonly Scene[];
  /** Small phrases that scenes are made of. */
  readonly lexicon: Phrases;
  readonly premise: SectionPhrases;
  readonly themes: SectionPhrases;
  readonly characters: Readonly<Record<CastMember, SectionPhrases>>;
  readonly relations: SectionPhrases;
  readonly world: readonly SectionPhrases[];
  readonly synopsisOpening: readonly string[];
  readonly synopsisClosing: readonly string[];
  /** A revision's sharper words for a draft's plain ones. */
  readonly sharpenings: readonly (readonly [plain: string, sharper: string])[];
  /** Sentences a revision adds. */
  readonly revisionDetails: readonly string[];
  readonly wording: GoalWording;
}
