import * as v from 'valibot';

const TEXT = /^(?:[^#[\]\\]|#\w+(?:\.capitalize)?#)+$/u;
const PLAIN_TEXT = /^[^#[\]\\]+$/u;
const SLOT = /#[\w.]+#/gu;

/** A text of the grammar, to which brackets and backslashes mean something else. */
const Text = v.pipe(
  v.string(),
  v.regex(
    TEXT,
    'Expected a text that is not empty, with slots like #name# or #name.capitalize#, without [ ] and \\',
  ),
  v.check((text) => text === text.trim(), 'Expected no space at the beginning or the end'),
);

const PlainText = v.pipe(Text, v.regex(PLAIN_TEXT, 'Expected a text without slots'));

const Key = v.pipe(v.string(), v.regex(/^[\w-]+$/u, 'Expected letters, digits and hyphens'));

/** A list that the author picks from, so it has at least one item. */
function listOf<TItem extends v.GenericSchema>(item: TItem, least = 1) {
  return v.pipe(v.array(item), v.minLength(least), v.readonly());
}

/** These keys and no others, so that a misspelt flag is noticed. */
function objectOf<TEntries extends v.ObjectEntries>(entries: TEntries) {
  return v.pipe(v.strictObject(entries), v.readonly());
}

/** A text around something that the code fills in. It has each of these slots once. */
function template(...slots: readonly string[]) {
  const expected = slots.map((slot) => `#${slot}#`).sort();
  return v.pipe(
    Text,
    v.check(
      (text) => (text.match(SLOT) ?? []).sort().join() === expected.join(),
      `Expected ${expected.join(' and ')}, each once`,
    ),
  );
}

/** The kinds of story the offline author can tell. */
export const GENRES = ['scifi', 'fantasy', 'mystery', 'romance', 'wuxia', 'general'] as const;
export type Genre = (typeof GENRES)[number];

/** Paragraphs that belong together. */
const Scene = listOf(Text);
export type Scene = v.InferOutput<typeof Scene>;

const Place = objectOf({
  name: Text,
  /** Main clauses about it, without a full stop. */
  details: listOf(Text),
});
export type Place = v.InferOutput<typeof Place>;

/** Something found on the way, named at first and from then on. */
const Trace = objectOf({ first: Text, then: Text });
export type Trace = v.InferOutput<typeof Trace>;

/**
 * The world of one genre. The numbers are how many of a kind the text about the world names, none of them
 * twice.
 */
const Setting = objectOf({
  towns: listOf(Text),
  /** Powers that want the prize too. */
  guilds: listOf(Text),
  /** What the search of the story is for. Its nature is a verb phrase: what it does or is. */
  prizes: listOf(objectOf({ name: Text, nature: Text })),
  motifs: listOf(Text),
  heroRoles: listOf(Text),
  friendRoles: listOf(Text),
  rivalRoles: listOf(Text),
  elderRoles: listOf(Text),
  places: listOf(Place, 6),
  traces: listOf(Trace, 6),
  /** Sentences about how the world works, how people live in it, and what has happened in it. */
  laws: listOf(Text, 4),
  customs: listOf(Text, 3),
  history: listOf(Text, 3),
  /** Short scenes that only this genre has. */
  scenes: listOf(Scene),
});
export type Setting = v.InferOutput<typeof Setting>;

/** What one chapter is about. */
const StoryEvent = objectOf({
  /** Names it for events that refer back to it. The same in every language. */
  key: Key,
  /** Key of an event that must have happened in an earlier chapter. */
  needs: v.optional(Key),
  /** Whether it must be the last of its phase. */
  comesLast: v.optional(v.literal(true)),
  /** Key of the only weather it can happen in. */
  weather: v.optional(Key),
  titles: listOf(PlainText),
  /** Three sentences: what happens, what comes of it, where it leaves the hero. */
  summary: v.pipe(listOf(Text), v.length(3)),
  /** Three scenes in the order in which they happen. */
  beats: v.pipe(listOf(Scene), v.length(3)),
});
export type StoryEvent = v.InferOutput<typeof StoryEvent>;

/** Where in the arc of the work a chapter stands. */
export const PHASES = ['opening', 'rising', 'turning', 'falling', 'ending'] as const;
export type Phase = (typeof PHASES)[number];

/** Short scenes between the events of a chapter. */
export const INTERLUDES = ['atmosphere', 'talk', 'thought', 'action', 'encounter', 'memory'] as const;
export type Interlude = (typeof INTERLUDES)[number];

const Weather = objectOf({
  /** Names it for events. The same in every language. */
  key: Key,
  /** Whole sentences. */
  signs: listOf(Text),
});
export type Weather = v.InferOutput<typeof Weather>;

/** How a chapter's hours pass: phrases that begin a sentence, and end without a comma. */
const DayShape = objectOf({ opening: listOf(Text), last: listOf(Text) });
export type DayShape = v.InferOutput<typeof DayShape>;

export type Gender = 'female' | 'male';

/** Something for each gender. */
function genderedOf<T extends v.GenericSchema>(schema: T) {
  return objectOf({ female: schema, male: schema });
}

const Names = genderedOf(listOf(PlainText));
const Pronouns = genderedOf(v.pipe(v.record(Key, PlainText), v.readonly()));

/** One section of a text about the work: what it must say, and what it says if there is room. */
const SectionPhrases = objectOf({
  heading: Text,
  layout: v.picklist(['list', 'paragraph']),
  required: listOf(Text, 0),
  optional: listOf(Text, 0),
});
export type SectionPhrases = v.InferOutput<typeof SectionPhrases>;

/** The people of the story, in the order in which they are introduced. */
export const CAST = ['hero', 'friend', 'rival', 'elder'] as const;
export type CastMember = (typeof CAST)[number];

/**
 * What the content files of one language say: a key for each file, and for each folder with a file for each
 * of its keys.
 */
export const StoryContent = objectOf({
  people: objectOf({
    names: Names,
    rivalNames: Names,
    elderNames: Names,
    /** Pronouns as slots. The hero's are named `she`… and the friend's `he`…, whatever they stand for. */
    pronouns: objectOf(v.entriesFromList(CAST, Pronouns)),
    /** What the hero carries before the first trace is found. */
    keepsake: Text,
    /** How many years the elder has been gone. */
    years: listOf(PlainText),
  }),
  /** Words in the goal that name a genre; the first that is found wins, else it is `general`. */
  genres: listOf(objectOf({ genre: v.picklist(GENRES), words: listOf(PlainText) })),
  settings: objectOf(v.entriesFromList(GENRES, Setting)),
  weathers: listOf(Weather),
  days: listOf(DayShape),
  events: objectOf(v.entriesFromList(PHASES, listOf(StoryEvent))),
  interludes: objectOf(v.entriesFromList(INTERLUDES, listOf(Scene))),
  openings: objectOf({ first: listOf(Scene), later: listOf(Scene) }),
  closings: objectOf({ earlier: listOf(Scene), last: listOf(Scene) }),
  /** Small phrases that scenes are made of, each list a slot. */
  lexicon: v.pipe(v.record(Key, listOf(Text)), v.readonly()),
  outline: objectOf({ premise: SectionPhrases, themes: SectionPhrases }),
  characters: objectOf({ ...v.entriesFromList(CAST, SectionPhrases), relations: SectionPhrases }),
  world: listOf(SectionPhrases),
  synopsis: objectOf({ opening: listOf(Text), closing: listOf(Text) }),
  revision: objectOf({
    /** Sharper words for a draft's plain ones, tried in this order. */
    sharpenings: listOf(objectOf({ plain: Text, sharper: Text })),
    /** Sentences a revision adds. */
    details: listOf(Text),
  }),
  wording: objectOf({
    outlineTitle: template('title'),
    charactersTitle: template('title'),
    worldTitle: template('title'),
    synopsisTitle: template('title'),
    genre: template('genre'),
    style: template('style'),
    requirement: template('requirement'),
    oneChapter: template(),
    chapters: template('count'),
    chaptersHeading: template(),
    chapterTitle: template('number', 'title'),
    titleAgain: template('title', 'part'),
  }),
});
export type StoryContent = v.InferOutput<typeof StoryContent>;

/** How a language writes numbers. */
export interface Numerals {
  /** Of chapters. */
  readonly chapter: (value: number) => string;
  /** Behind a title that is used again. */
  readonly part: (value: number) => string;
}

/** What a language is made of: its content files as they are, and what only code can say. */
export interface LanguageSource {
  /** By their names without `.json`; a folder is an object of its files. */
  readonly files: Readonly<Record<string, unknown>>;
  readonly numerals: Numerals;
  /** Finds the name of the main character in what the goal asks for. */
  readonly heroNamePattern: RegExp;
}
