import type { Scene } from '../story-language';

/** How the first chapter begins. */
export const FIRST_OPENINGS: readonly Scene[] = [
  [
    'In #town# they say of #motif# that whoever meets with it will get back what was lost. #hero# had once refused to believe it, and then stayed away so long that #she# forgot to disbelieve.',
    '#opening.capitalize#, #she# stopped outside #place#. #sign#',
  ],
  [
    'There are places you think you are running from, until you come back and see that you have only gone round in a circle. #opening.capitalize#, #hero# walked into #town#. The first thing to greet #herObject# was #motif#, no different from #years# years ago.',
    '#sign# As #heroRole#, #she# had put a good many things to rights in a good many towns, and not one of them had been #her# own.',
  ],
  [
    '#sign# #opening.capitalize#, #town# lay quieter than #hero# remembered it. Over at #place#, #detail#.',
    '#she.capitalize# stood outside and counted the money in #her# pockets for the third time. It had been enough to come back. It was not enough to leave. A living as #heroRole# had at least taught #herObject# to add.',
  ],
];

/** How later chapters begin. */
export const LATER_OPENINGS: readonly Scene[] = [
  ['#opening.capitalize#, #hero# and #friend# came to #place#. #sign#'],
  [
    '#sign# Since #prevPlace# #hero# had not slept a night through. #opening.capitalize#, #she# gave it up, woke #friend#, and set off for #place#.',
  ],
  [
    'At #place#, #detail#. By the time #hero# got there, #opening#, #she# had been through two coats and three names on the way.',
  ],
  [
    '“Is this it?” asked #friend#, looking up. Seen #opening#, #place# was a good deal smaller than in the stories, and a good deal older. #sign#',
  ],
  [
    'They tell many stories about #place# in #town#, and none of them advises you to go. #opening.capitalize#, #hero# went. #sign#',
  ],
  [
    '#opening.capitalize#, #sound#. #hero# opened #her# eyes and could not think where #she# was, until #her# hand found #kept#, and yesterday came together round it piece by piece. It was still half a day to #place#.',
  ],
  [
    'It was #kept# that had brought them to #place#. #detail.capitalize#. Otherwise, #opening#, there was not a soul to be seen.',
  ],
  [
    '#sign# Nobody would go out in this, which made it a good time to go. #opening.capitalize#, two figures were making for #place#, one behind the other.',
  ],
  [
    '#opening.capitalize#, #friend# divided the last of the bread in two, and then broke a corner off #his# own half and added it to #hero#’s. “Eat,” #he# said. “You’ll need your strength at #place#. If only for being sorry you came.”',
  ],
  [
    '#smell.capitalize#. It was how #place# introduced itself. #opening.capitalize#, #hero# stood and took note of what there was to note: so many doors, so many windows, so many ways out. #sign#',
  ],
];

/** How chapters end while the story goes on. */
export const CLOSINGS: readonly Scene[] = [
  ['Next came #nextPlace#. #hero# said it over in #her# head, like somebody pressing a nail into wood.'],
  [
    '#sound.capitalize#. #hero# did not look round. In front lay the road to #nextPlace#, which could hardly be seen and was the only one they had.',
  ],
  [
    '“So, #nextPlace#?” said #friend#. “#nextPlace.capitalize#,” said #hero#. They both laughed, and the dark put the laughter away.',
  ],
  [
    '#last.capitalize#, #hero# looked back once at #place#. It lay as still as if nothing had happened. But there was one window with a lamp in it that had not been lit when they came.',
  ],
  [
    'That night #hero# slept deeply. In #her# dream somebody was scratching marks into a wall, one after another, all the way to #nextPlace#.',
  ],
  [
    '#hero# touched #thatTrace#. For the first time there was some warmth in it, and #she# could not have said whose. Even the road to #nextPlace# seemed shorter by a little.',
  ],
  [
    'Nobody mentioned #nextPlace#, and nobody mentioned tomorrow. But when they packed, each of them, without a word, put in one more lamp.',
  ],
  [
    '#sign# In a little while it would be time to start for #nextPlace#. #hero# counted under #her# breath, and found #herself# hoping that the little while would be a long one.',
  ],
  [
    'It was years before #hero# understood that what mattered on that day had not been #thatTrace#. It was that somebody had been willing to walk beside #herObject#.',
  ],
];

/** How the last chapter ends. */
export const LAST_CLOSINGS: readonly Scene[] = [
  [
    'Later on people would ask #hero# what #prize# had looked like. #she.capitalize# always thought for a moment. “Like a lamp,” #she# would say. “While you’re holding it, all you see is the glare. You have to lift it up to see who else is there.”',
    'And then there was #motif#, once more. This time nobody in #town# closed the shutters.',
  ],
  [
    '#hero# stayed in #town#. #elder#’s chair was moved to the window, for whoever happened to come by. #friend# came most often. #he.capitalize# was never going to stay long, and always stayed until the lamp had to be filled again.',
    'The name on the doorframe was left where it was.',
  ],
  [
    '#sign# #hero# found a bare place on the wall, took the knife in #her# left hand, and slowly, as well as #she# could remember, cut a small bent hook.',
    '“What’s that one for?” asked #friend#.',
    '“Today,” #she# said. “In case anybody comes looking for it.”',
  ],
];
