import type { CastMember, SectionPhrases } from '../story-language';

/** What the story is about, in the outline. */
export const PREMISE: SectionPhrases = {
  heading: 'Premise',
  layout: 'paragraph',
  required: [
    '#hero#, #heroRole#, comes back to #town# to look for #elder#, who vanished #years# years ago, and is drawn into a struggle over #prize#.',
  ],
  optional: [
    'It is said that #prize# #nature#; #rival# of #guild# wants it too, and has never yet come away with nothing.',
    'At #her# side is #friend#, #friendRole#, who hides whatever is important inside a joke.',
    'Mark by mark they piece together what #elder# left behind, and the nearer they come to the answer, the less of the official story turns out to be true.',
    'In the end the question is not where it is, but who has the right to decide what becomes of it.',
  ],
};

/** What it means, in the outline. */
export const THEMES: SectionPhrases = {
  heading: 'Themes and images',
  layout: 'list',
  required: [],
  optional: [
    '**Memory and testimony**: what has been hidden is not a fortune but a sentence nobody was willing to hear to the end.',
    '**Giving back**: to find a thing and to return it to those it belongs to are two different journeys.',
    '**Images**: #motif#; a small bent hook cut with the left hand; a lamp left burning for whoever is late. They meet in the last chapter.',
    '**Pace**: each chapter stands on one place and one find, moves between action and talk, and closes on the way to the next.',
    '**Set-ups**: what #friend# does not say and what #rival# once owed to #elder# are planted early and paid for at the turn.',
  ],
};

/** The people of the story. */
export const CHARACTERS: Readonly<Record<CastMember, SectionPhrases>> = {
  hero: {
    heading: '#hero# (protagonist)',
    layout: 'list',
    required: [
      '**Who**: #heroRole#, brought up by #elder#, many years away from #town#.',
      '**Wants**: to learn what became of #elder#, and to find #prize#.',
    ],
    optional: [
      '**Nature**: few words and sharp eyes; counts the ways out before sitting down, and is best at leaving and worst at being waited for.',
      '**Wound**: went without saying goodbye, and did not look back when there was a sound at the door.',
      '**Looks**: lean, long-fingered, with old scars on the knuckles, in a coat that is mostly pockets.',
      '**Habits**: rubs a callus when nervous, and finds the way by smell and not by direction.',
      '**Speech**: short sentences, hardly ever a perhaps; the more it matters, the quieter the voice.',
      '**Carries**: #keepsake#, and a stub of charcoal too small to use and too dear to lose.',
      '**First seen**: outside #place1#, counting money that is enough to arrive with and not enough to leave.',
      '**Weak spot**: cannot bear to have anybody else pay, not even once.',
      '**Change**: from looking for a person to finishing what that person began, and from leaving to staying.',
    ],
  },
  friend: {
    heading: '#friend# (companion)',
    layout: 'list',
    required: [
      '**Who**: #friendRole#, an old friend of #hero#.',
      '**Wants**: to see #hero# through to the end, and to pay off a debt that was never spoken of.',
    ],
    optional: [
      '**Nature**: complains at every step and never falls behind; the greater the fear, the more jokes.',
      '**Secret**: was there on the night #elder# disappeared.',
      '**Looks**: one dimple, on the left, and an old bracelet that never comes off.',
      '**Habits**: always breaks bread unevenly and gives away the bigger half.',
      '**Speech**: begins somewhere else entirely and comes round to the point by the long road; silence means it is serious.',
      '**Carries**: a bottle of water, half a loaf, and some old thing that is supposed to keep off bad luck.',
      '**Weak spot**: afraid of water, and will not say why.',
      '**Gift**: has walked every back lane in #town# and fed every dog.',
      '**Change**: from dodging to confessing, and from the other street back to this one.',
    ],
  },
  rival: {
    heading: '#rival# (antagonist)',
    layout: 'list',
    required: [
      '**Who**: #rivalRole#, in the service of #guild#.',
      '**Wants**: to have #prize# before anybody else does.',
    ],
    optional: [
      '**Nature**: courteous, never loud; able to wait, and unable to lose.',
      '**Past**: once #elder#’s pupil, and able to read those marks long before #hero# could.',
      '**Looks**: spotless, with dry cuffs even in the rain.',
      '**Weakness**: has never stopped wondering why #elder# would not trust one person with a whole sentence.',
      '**Speech**: opens with please, closes with a fact, and says nothing twice.',
      '**Methods**: bribes signposts and not people, since a signpost never repents.',
      '**Limits**: no harm to the old or to children, which even #guild# has had to accept.',
      '**Sees in #hero#**: the same life, had it gone the other way at one corner.',
      '**Change**: at the very last, lowers a hand that was already raised.',
    ],
  },
  elder: {
    heading: '#elder# (missing)',
    layout: 'list',
    required: [
      '**Who**: #elderRole#, who brought #hero# up, gone for #years# years.',
      '**Part**: never on the scene, and everywhere in it, through the marks that drive the story on.',
    ],
    optional: [
      '**Nature**: kind, stubborn, and never known to tell one person all of anything.',
      '**Known by**: the left hand, with a scar across it, and the habit of polishing the lamp before going out.',
      '**Messages**: scratches in the shape of a small bent hook, plain to those who were taught to read them.',
      '**Riddle**: on that last night, who was being hidden from, and what was being kept safe?',
      '**Speech**: no maxims, only which stone to stop at.',
      '**Left behind**: a lamp, a chair turned to face the door, a bag that was never handed over.',
      '**As others tell it**: there are six accounts in #town# of the night in question, with a different coat in each.',
      '**Unfinished**: a sentence of which one half was given to one person and one half to another.',
      '**Last wish**: that #prize# should be heard and not owned.',
    ],
  },
};

/** How the people stand to each other. */
export const RELATIONS: SectionPhrases = {
  heading: 'Relationships',
  layout: 'list',
  required: [
    '#hero# and #friend#: old friends who would trust each other with their lives, and have one silence between them.',
  ],
  optional: [
    '#hero# and #rival#: two pupils of one teacher, who were each given half of the same sentence.',
    '#hero# and #elder#: teacher and pupil by name, family in everything else, and still owing each other a goodbye.',
    '#friend# and #rival#: the first fears the second, not for the knife but for being recognised.',
    '#elder# and #guild#: closer than anybody outside knows, and the root of it all.',
  ],
};

/** What a synopsis says before and after the chapters. */
export const SYNOPSIS_OPENING: readonly string[] = [
  '#hero#, #heroRole#, has been away from #town# for years, but the riddle of how #elder# vanished has never been away from #herObject#.',
  'It is said that #prize# #nature#; #guild# has put a price on it, #rival# has been sent to fetch it, and nobody has thought to ask whose it was.',
];
export const SYNOPSIS_CLOSING: readonly string[] = [
  'It is a story about finding and giving back: some are after a treasure, some are after the truth, and some after a goodbye that is long overdue.',
  'From one place to the next #hero# and #friend# learn not how to get hold of a thing, but how to hand on a sentence whole.',
  'When the last lamp is lit, the reader knows what #hero# knows: that to remember is another way of coming home.',
];
