import characters from '../../../../content/zh/characters.json' with { type: 'json' };
import closings from '../../../../content/zh/closings.json' with { type: 'json' };
import days from '../../../../content/zh/days.json' with { type: 'json' };
import ending from '../../../../content/zh/events/ending.json' with { type: 'json' };
import falling from '../../../../content/zh/events/falling.json' with { type: 'json' };
import opening from '../../../../content/zh/events/opening.json' with { type: 'json' };
import rising from '../../../../content/zh/events/rising.json' with { type: 'json' };
import turning from '../../../../content/zh/events/turning.json' with { type: 'json' };
import genres from '../../../../content/zh/genres.json' with { type: 'json' };
import action from '../../../../content/zh/interludes/action.json' with { type: 'json' };
import atmosphere from '../../../../content/zh/interludes/atmosphere.json' with { type: 'json' };
import encounter from '../../../../content/zh/interludes/encounter.json' with { type: 'json' };
import memory from '../../../../content/zh/interludes/memory.json' with { type: 'json' };
import talk from '../../../../content/zh/interludes/talk.json' with { type: 'json' };
import thought from '../../../../content/zh/interludes/thought.json' with { type: 'json' };
import lexicon from '../../../../content/zh/lexicon.json' with { type: 'json' };
import openings from '../../../../content/zh/openings.json' with { type: 'json' };
import outline from '../../../../content/zh/outline.json' with { type: 'json' };
import people from '../../../../content/zh/people.json' with { type: 'json' };
import revision from '../../../../content/zh/revision.json' with { type: 'json' };
import fantasy from '../../../../content/zh/settings/fantasy.json' with { type: 'json' };
import general from '../../../../content/zh/settings/general.json' with { type: 'json' };
import mystery from '../../../../content/zh/settings/mystery.json' with { type: 'json' };
import romance from '../../../../content/zh/settings/romance.json' with { type: 'json' };
import scifi from '../../../../content/zh/settings/scifi.json' with { type: 'json' };
import wuxia from '../../../../content/zh/settings/wuxia.json' with { type: 'json' };
import synopsis from '../../../../content/zh/synopsis.json' with { type: 'json' };
import weathers from '../../../../content/zh/weathers.json' with { type: 'json' };
import wording from '../../../../content/zh/wording.json' with { type: 'json' };
import world from '../../../../content/zh/world.json' with { type: 'json' };
import type { LanguageSource } from '../story-content';
import { chineseNumber } from './chinese-number';

/** Chinese. */
export const CHINESE: LanguageSource = {
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
  numerals: { chapter: chineseNumber, part: chineseNumber },
  heroNamePattern:
    /(?:主角|主人公|女主|男主)(?:的名字)?(?:名叫|名为|叫做|叫作|叫|是|：|:)\s*[“「]?([\p{Script=Han}]{2,3})(?=[”」，,。；;、！\s（(]|$)/u,
};
