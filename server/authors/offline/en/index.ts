import characters from '../../../../content/en/characters.json' with { type: 'json' };
import closings from '../../../../content/en/closings.json' with { type: 'json' };
import days from '../../../../content/en/days.json' with { type: 'json' };
import ending from '../../../../content/en/events/ending.json' with { type: 'json' };
import falling from '../../../../content/en/events/falling.json' with { type: 'json' };
import opening from '../../../../content/en/events/opening.json' with { type: 'json' };
import rising from '../../../../content/en/events/rising.json' with { type: 'json' };
import turning from '../../../../content/en/events/turning.json' with { type: 'json' };
import genres from '../../../../content/en/genres.json' with { type: 'json' };
import action from '../../../../content/en/interludes/action.json' with { type: 'json' };
import atmosphere from '../../../../content/en/interludes/atmosphere.json' with { type: 'json' };
import encounter from '../../../../content/en/interludes/encounter.json' with { type: 'json' };
import memory from '../../../../content/en/interludes/memory.json' with { type: 'json' };
import talk from '../../../../content/en/interludes/talk.json' with { type: 'json' };
import thought from '../../../../content/en/interludes/thought.json' with { type: 'json' };
import lexicon from '../../../../content/en/lexicon.json' with { type: 'json' };
import openings from '../../../../content/en/openings.json' with { type: 'json' };
import outline from '../../../../content/en/outline.json' with { type: 'json' };
import people from '../../../../content/en/people.json' with { type: 'json' };
import revision from '../../../../content/en/revision.json' with { type: 'json' };
import fantasy from '../../../../content/en/settings/fantasy.json' with { type: 'json' };
import general from '../../../../content/en/settings/general.json' with { type: 'json' };
import mystery from '../../../../content/en/settings/mystery.json' with { type: 'json' };
import romance from '../../../../content/en/settings/romance.json' with { type: 'json' };
import scifi from '../../../../content/en/settings/scifi.json' with { type: 'json' };
import wuxia from '../../../../content/en/settings/wuxia.json' with { type: 'json' };
import synopsis from '../../../../content/en/synopsis.json' with { type: 'json' };
import weathers from '../../../../content/en/weathers.json' with { type: 'json' };
import wording from '../../../../content/en/wording.json' with { type: 'json' };
import world from '../../../../content/en/world.json' with { type: 'json' };
import type { LanguageSource } from '../story-content';
import { romanNumber } from './roman-number';

/** English. */
export const ENGLISH: LanguageSource = {
  files: {
    characters,
    closings,
    days,
    events: { ending, falling, opening, rising, turning },
    genres,
    interludes: { action, atmosphere, encounter, memory, talk, thought },
    lexicon,
    openings,
    outline,
    people,
    revision,
    settings: { fantasy, general, mystery, romance, scifi, wuxia },
    synopsis,
    weathers,
    wording,
    world,
  },
  numerals: { chapter: String, part: romanNumber },
  heroNamePattern:
    /\b(?:protagonist|hero|heroine|main character|narrator)\b[^.!?\n]{0,40}?\b(?:named|called|is)\s+(\p{Lu}\p{L}+)/u,
};
