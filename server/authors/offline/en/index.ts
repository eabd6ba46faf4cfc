import type { StoryLanguage } from '../story-language';
import { ENDING_EVENTS } from './events-ending';
import { FALLING_EVENTS, TURNING_EVENTS } from './events-later';
import { OPENING_EVENTS } from './events-opening';
import { RISING_EVENTS } from './events-rising';
import { ACTION, ENCOUNTER, TALK } from './interludes-lively';
import { ATMOSPHERE, MEMORY, THOUGHT } from './interludes-quiet';
import { DAY_SHAPES, LEXICON, WEATHERS } from './lexicon';
import { romanNumber } from './roman-number';
import { CLOSINGS, FIRST_OPENINGS, LAST_CLOSINGS, LATER_OPENINGS } from './openings';
import { REVISION_DETAILS, SHARPENINGS } from './revision';
import { CHARACTERS, PREMISE, RELATIONS, SYNOPSIS_CLOSING, SYNOPSIS_OPENING, THEMES } from './sections';
import { FANTASY } from './settings/fantasy';
import { GENERAL } from './settings/general';
import { MYSTERY } from './settings/mystery';
import { ROMANCE } from './settings/romance';
import { SCIFI } from './settings/scifi';
import { WUXIA } from './settings/wuxia';
import { WORLD } from './world';

/** English. */
export const ENGLISH: StoryLanguage = {
  names: {
    female: ['Mara', 'Elin', 'Tamsin', 'Ivy', 'Nora', 'Liv', 'Rowan', 'Wren', 'Odile', 'Della'],
    male: ['Jonah', 'Theo', 'Alder', 'Emil', 'Callum', 'Rafe', 'Tobin', 'Soren', 'Hugh', 'Anton'],
  },
  rivalNames: {
    female: ['Crane', 'Verity', 'Madame Auclair'],
    male: ['Lucan', 'Merrow', 'Pryor'],
  },
  elderNames: {
    female: ['Mother Quill', 'Aunt Sabine', 'Old Hester'],
    male: ['Master Thorne', 'Old Harrow', 'Uncle Bram'],
  },
  pronouns: {
    hero: {
      female: { she: 'she', herObject: 'her', her: 'her', hers: 'hers', herself: 'herself' },
      male: { she: 'he', herObject: 'him', her: 'his', hers: 'his', herself: 'himself' },
    },
    friend: {
      female: { he: 'she', him: 'her', his: 'her' },
      male: { he: 'he', him: 'him', his: 'his' },
    },
    rival: { female: {}, male: {} },
    elder: { female: {}, male: {} },
  },
  keepsake: 'the old button #elder# had left behind',
  years: ['seven', 'nine', 'eleven', 'twelve', 'fifteen'],
  genreWords: [
    [/sci-?fi|science fiction|space|cyberpunk|futur|dystop|robot|apocalyp/iu, 'scifi'],
    [/wuxia|xianxia|martial|swords(?:man|men)|samurai/iu, 'wuxia'],
    [/fantasy|magic|fairy|myth|wizard|dragon/iu, 'fantasy'],
    [/myster|detective|crime|thriller|suspense|noir|horror|ghost/iu, 'mystery'],
    [/romance|romantic|love story|young adult/iu, 'romance'],
  ],
  heroNamePattern:
    /\b(?:protagonist|hero|heroine|main character|narrator)\b[^.!?\n]{0,40}?\b(?:named|called|is)\s+(\p{Lu}\p{L}+)/u,
  settings: {
    scifi: SCIFI,
    fantasy: FANTASY,
    mystery: MYSTERY,
    romance: ROMANCE,
    wuxia: WUXIA,
    general: GENERAL,
  },
  weathers: WEATHERS,
  dayShapes: DAY_SHAPES,
  events: {
    opening: OPENING_EVENTS,
    rising: RISING_EVENTS,
    turning: TURNING_EVENTS,
    falling: FALLING_EVENTS,
    ending: ENDING_EVENTS,
  },
  interludes: {
    atmosphere: ATMOSPHERE,
    talk: TALK,
    thought: THOUGHT,
    action: ACTION,
    encounter: ENCOUNTER,
    memory: MEMORY,
  },
  firstOpenings: FIRST_OPENINGS,
  laterOpenings: LATER_OPENINGS,
  closings: CLOSINGS,
  lastClosings: LAST_CLOSINGS,
  lexicon: LEXICON,
  premise: PREMISE,
  themes: THEMES,
  characters: CHARACTERS,
  relations: RELATIONS,
  world: WORLD,
  synopsisOpening: SYNOPSIS_OPENING,
  synopsisClosing: SYNOPSIS_CLOSING,
  sharpenings: SHARPENINGS,
  revisionDetails: REVISION_DETAILS,
  wording: {
    outlineTitle: (title) => `${title}: Outline`,
    charactersTitle: (title) => `${title}: Characters`,
    worldTitle: (title) => `${title}: World`,
    synopsisTitle: (title) => `${title}: Synopsis`,
    genre: (genre) => `**Genre**: ${genre}`,
    style: (style) => `**Style**: ${style}`,
    requirement: (requirement) => `**Requirements**: ${requirement}`,
    extent: (chapters) => `**Length**: ${chapters === 1 ? 'one chapter' : `${String(chapters)} chapters`}`,
    chaptersHeading: 'Chapters',
    chapterTitle: (index, title) => `Chapter ${String(index)} — ${title}`,
    titleAgain: (title, part) => `${title} (${romanNumber(part)})`,
  },
};
