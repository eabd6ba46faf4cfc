import type { Scene } from '../story-language';

/** Scenes of places, weather and senses. */
export const ATMOSPHERE: readonly Scene[] = [
  [
    '#smell.capitalize#. #hero# knew that smell. It was always there before the people were, and it stayed after they had gone.',
  ],
  ['It was quiet enough to hear yourself breathe. A little longer, and you could hear the rest: #sound#.'],
  [
    'Inside, #detail#. On the shelf by the door stood #thing#, which nobody could have touched in years; when it was lifted it left a clean ring in the dust.',
  ],
  [
    'For a moment everything held still. Then #sound#, and the world went on again, a little slower than before.',
  ],
  ['#light.capitalize#. #hero#’s shadow, long and thin, was round the corner before #she# was.'],
  [
    'Where the paint had come away, an older colour showed beneath it. #town# was like that, one coat over another, and nobody could have said what was at the bottom. #sign#',
  ],
  [
    '#smell.capitalize#. With eyes shut it was hard to know whether this was #place# or some afternoon long since over.',
  ],
  [
    '#light.capitalize#. There were wet footprints on the steps, all going up and none coming down. #hero# counted them and kept the number.',
  ],
  [
    '#detail.capitalize#. It was the third time #hero# had noticed it. You have to look at a thing three times before you see it once.',
  ],
  [
    '#sign# Somewhere a child was singing a very old song, and where the words ran out went on with la, la, la, without the least embarrassment.',
  ],
  [
    'People had begun to talk about #motif# again. The old said that it was a good sign. The other old people said that it was not, and half a lifetime had gone into the argument.',
  ],
  [
    'The air changed. #sound.capitalize#, and #smell#, as if a long way off a door that was never used had been pushed open by a hand’s breadth.',
  ],
];

/** Scenes inside the head of the main character. */
export const THOUGHT: readonly Scene[] = [
  ['Why, thought #hero#, does nobody ask where a thing is kept until it has been lost?'],
  [
    '#feel.capitalize#. It was not the cold. It was what the body does when the mind is one step short of understanding, and the body gets there first.',
  ],
  [
    'In the old days #she# would have turned and gone. Turning and going was what #she# did best. This time #her# feet seemed to have grown into the ground.',
  ],
  [
    '#prize.capitalize#. Say it often enough and the name wore down like a sweet, until there was nothing left but something sour. People said that it #nature#. Nobody ever said what became of those who had it.',
  ],
  [
    '#hero# put a hand in #her# pocket and touched #kept#. It was cold. #she.capitalize# had carried it against #her# ribs all this way, and still it was cold.',
  ],
  [
    'Some thoughts should not be thought too loudly. #hero# pushed this one down and piled other things on top: the number of steps, the number of windows, the number of people #she# could still trust. For the last of these one finger was enough.',
  ],
  [
    'What would #elder# have said? Nothing, probably. #elder# would have moved the lamp a little to #her# side of the table. It was strange how much that helped.',
  ],
  [
    'Fear has a shape, #hero# had learned. It is not large. It has corners, and it fits exactly between the throat and the chest.',
  ],
  [
    'All at once #she# wanted to sleep until everything had been decided. But things are decided, #she# knew, by whoever stays awake.',
  ],
  [
    'Everyone they had met knew something, and nobody knew more than a little. Suppose you stitched all the little pieces together. Would it make a coat?',
  ],
  [
    '#hero# did not believe in fate. #she.capitalize# believed in marks: that where one person has leaned into a wall with a knife, another will one day find the place with a fingertip.',
  ],
  [
    '#feel.capitalize#. #town# still knew #herObject#. #she.capitalize# was not so sure that #she# knew #town#.',
  ],
];

/** Scenes of what used to be. */
export const MEMORY: readonly Scene[] = [
  [
    'When #hero# was small, #elder# taught #herObject# the way home without a single left or right. Turn where you smell bread; stop when the third loose stone rocks. The baker had closed long ago, but #her# foot found the stone at once.',
  ],
  [
    '“Losing things doesn’t matter,” #elder# would say. “What matters is remembering what you are looking for.” At the time #hero# had taken that for something you say to children.',
  ],
  [
    '#elder# had a habit of polishing the lamp before going out. Asked why, #elder# said: “While it’s burning, nobody is late.”',
  ],
  [
    'On that night #years# years ago #hero# had not been in #town#. #she.capitalize# had heard six accounts of it since, and #elder# was wearing a different coat in every one.',
  ],
  [
    '#she.capitalize# remembered the scar on #elder#’s left hand. When the weather was about to turn, #elder# rubbed it slowly with the right, the way you quiet a small animal that sleeps badly.',
  ],
  [
    'One year #elder# had carried #herObject# up to the roof to wait for #motif#, and they stayed there until morning. #elder# had talked all night. #hero# had slept, and missed every word.',
  ],
  [
    'The first time #hero# heard of #prize# was at supper. #elder# had drunk two glasses, which was rare, and let slip that it #nature#. Then came regret, and a very large piece of fish on #hero#’s plate, to keep the questions in.',
  ],
  [
    'After #elder# was gone, a neighbour had found #thing# beside the doorstep and kept it for #hero#. #she.capitalize# had never been able to use it, and never been able to throw it away.',
  ],
  [
    'The year #she# left, #hero# had scraped #her# name off the doorframe, and scraped hard. Now it was there again, stroke for stroke, and whoever had cut it had held the knife in the left hand.',
  ],
  [
    '#elder# could not sing, only hum, and only ever the first half of one tune. #hero# had hummed it for years before learning from #friend# that there was a second.',
  ],
  [
    'People in #town# used to greet each other by asking whether they had eaten. Later they asked whether they had seen anything. Nobody could say when it changed, only that it was the year #prize# was lost.',
  ],
  [
    'At the game board #elder# always lost to #hero#, and sighed, and laughed after sighing. It took #herObject# years to wonder how somebody who could outwit #guild# had never once managed to beat a child.',
  ],
];
