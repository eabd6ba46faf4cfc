import type { Phrases } from '../phrasebook';
import type { DayShape, Weather } from '../story-language';

/**
 * Small phrases that scenes are made of. `sound`, `smell`, `light` and `feel` are main clauses in lower case, `gesture`
 * and `pause` are predicates.
 */
export const LEXICON: Phrases = {
  sound: [
    'somewhere somebody was beating sheet iron, once, and after a long while once more',
    'a door that had not been shut properly was knocking at its frame',
    'water was falling into a bucket, every drop slower than the one before',
    'somebody coughed twice and swallowed the third',
    'a board creaked overhead and then thought better of it',
    'a bunch of keys went by at the end of the lane and jingled away to nothing',
    'a clock struck seven, although it was nothing of the kind',
    'mice were moving house inside the wall, with great patience',
    'a rope drew tight with one long groan',
    'behind the partition somebody was counting under their breath, up to twenty, and then again from one',
    'a bird went up in a clatter and brought down a few bits of slate',
    'a coal slipped in the stove with a sound like a sigh',
  ],
  smell: [
    'the air smelled of wet rope',
    'from somewhere came the scent of burnt sesame',
    'there was a breath of old paper and camphor',
    'the tang of rust lay at the back of the tongue',
    'somebody had been boiling herbs, and the bitterness still hung in the curtains',
    'lamp oil lay thick on the air',
    'there was the clean smell of wood split that morning',
    'everything smelled of damp earth, like a field just turned',
    'a trace of soap was in the air, as faint as if somebody had only now left the room',
    'the smoke was last night’s, and stone cold',
  ],
  light: [
    'the lamplight swayed on the wall and stood still again',
    'a line of light as thin as a needle came under the door',
    'the window was steamed over, and the light in it had gone soft as wool',
    'half of the room was lit and half was not, and everyone was sitting in the other half',
    'a spark jumped from the stove, shone, and died on the floor',
    'light fell through the broken slates and stood about in the dust like posts',
    'far off the lamps were going out one by one, as if somebody were closing eyes',
    'on the brass of the handle there was one bright spot, polished by a thousand hands',
  ],
  gesture: [
    'tugged at one cuff',
    'rubbed an old callus with one thumb',
    'nudged a pebble with the toe of one boot',
    'shrugged',
    'wiped both hands down the front of the coat',
    'brushed off some dust that was not there',
    'shifted from one foot to the other',
    'gave half a smile',
    'blew on tea that was not hot',
  ],
  pause: [
    'was silent for a moment',
    'thought about it',
    'took a while to answer',
    'swallowed',
    'looked down at the toes of two muddy boots',
    'listened first to what was going on outside',
    'let a breath go',
  ],
  feel: [
    'the back of #hero#’s neck went cold',
    'a tingling ran into #hero#’s fingertips',
    'something lay on #hero#’s chest like a wet cloth',
    'there was a humming in #hero#’s ears',
    '#hero#’s stomach dropped, as when a stair is missing',
    '#hero#’s palms were wet',
    '#hero#’s knees gave, and caught themselves',
    'without noticing it #hero# had been clenching #her# teeth',
  ],
  thing: [
    'a chipped enamel mug',
    'half a red candle',
    'a brass button with its pattern worn away',
    'a reel of faded thread',
    'a comb with three teeth missing',
    'an empty birdcage',
    'an old almanac without its cover',
    'a glove that had lost its pair',
    'a cracked glass marble',
    'a key without a lock',
    'a tin of damp matches',
    'a wooden tag with half a word carved into it',
  ],
};

/** The weathers a chapter can have. */
export const WEATHERS: readonly Weather[] = [
  {
    name: 'fog',
    signs: [
      'Fog was leaning on the windows, and every lamp seemed to stand behind frosted glass.',
      'The fog was so thick that a hand held out in front took a moment to be recognised.',
      'People in the fog had no feet; they floated up, and they floated by.',
      'Fog had soaked into the sounds, so that somebody close at hand seemed to be speaking from a distance.',
      'The fog opened, showed half a wall, and closed again.',
    ],
  },
  {
    name: 'rain',
    signs: [
      'It was not raining hard, but it was raining with conviction.',
      'Water ran off the eaves in one long thread and had drilled a little bowl into the stone beneath.',
      'The rain thickened all at once, as if somebody had tipped a sack of beans over the roof.',
      'Rain came slanting in, and every umbrella bowed in the same direction.',
      'The rain had stopped for the moment, although nobody seemed to have told the gutters.',
    ],
  },
  {
    name: 'wind',
    signs: [
      'The wind had not let up for hours, and everybody talked with their eyes half shut.',
      'Wind was rattling the signs as if there were a fight going on in mid-air.',
      'The wind went in at the collar and out at the sleeve, like somebody searching for something.',
      'A gust came by, and all the paper in the street stood up and walked a few steps.',
      'The wind dropped just enough for them to hear somebody’s teeth.',
    ],
  },
  {
    name: 'snow',
    signs: [
      'Snow was falling so lightly that it did not even melt on the lashes.',
      'The snow had rounded off the edges of the steps, and each footfall was a small dull thud.',
      'There was a light coming up from the snow in which every face looked a little more honest than usual.',
      'The snow had stopped and it was colder for it; breath turned white on the scarves.',
      'A single line of footprints crossed the snow, halfway, and came back.',
    ],
  },
  {
    name: 'dry',
    signs: [
      'It was so dry that you could hear the timber cracking.',
      'There had been no rain for weeks, and a dust as fine as flour lay wherever it had fallen.',
      'The sky had neither an edge nor a cloud in it, and nowhere was there any place to hide.',
      'The air was so dry that cloth crackled against cloth and threw off tiny sparks.',
      'Heat was coming off the stones, and the furthest rooftops trembled.',
    ],
  },
];

/** How the hours of a chapter pass. */
export const DAY_SHAPES: readonly DayShape[] = [
  {
    opening: ['at first light', 'early in the morning', 'after the first bell'],
    later: ['past noon', 'in the afternoon'],
    last: ['after dark', 'when night had come', 'once every house had put out its lamps'],
  },
  {
    opening: ['at dusk', 'at the hour when lamps are lit', 'as the day was going'],
    later: ['late at night', 'long after midnight'],
    last: ['shortly before dawn', 'when the windows had begun to turn grey', 'before it was light'],
  },
];
