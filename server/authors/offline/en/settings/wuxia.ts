import type { Setting } from '../../story-language';

/** Rivers and lakes: swords, inns, and debts older than those who carry them. */
export const WUXIA: Setting = {
  towns: ['Broken Goose', 'Maple Ferry', 'Coldriver', 'Fallen Plum'],
  guilds: ['the House of Listening Rain', 'the Farmarch Escort', 'the Court of Black Robes'],
  prizes: [
    { name: 'the Night-Light Manual', nature: 'teaches a left-handed sword nobody has ever mastered' },
    { name: 'the half tiger seal', nature: 'commands an army that no longer exists' },
    { name: 'the Sword Without a Sheath', nature: 'has not tasted innocent blood in thirty years' },
  ],
  motifs: [
    'the one wild goose that will not fly south',
    'the flute on the city wall at midnight',
    'the white plum that drops its flowers and blooms again',
  ],
  heroRoles: [
    'a left-handed fencer with the blade long put away',
    'a scholar who copies sword manuals',
    'a young escort who rides alone',
  ],
  friendRoles: [
    'a wandering doctor with no head for wine',
    'a roof-runner thrown out of the school',
    'keeper of a den of thieves that never robs a guest',
  ],
  rivalRoles: ['first sword', 'master of punishments', 'a hunter who never comes back without the quarry'],
  elderRoles: [
    'the master who sealed up the sword and retired',
    'the old coroner who buried every swordsman in the land',
    'the lame smith who watched over the grave of swords',
  ],
  places: [
    {
      name: 'the grave of swords',
      details: [
        'half the hillside was planted with broken blades, and any wind set them humming',
        'there were names of swords on the stones and none of people',
        'at the very top a place was empty, and the earth there was fresh',
      ],
    },
    {
      name: 'the Third Watch Inn',
      details: [
        'a sword had taken away half of the word on the lantern',
        'old cuts covered the pillars, and new paint had not covered the cuts',
        'the innkeeper’s abacus flew, but he was not looking at it',
      ],
    },
    {
      name: 'the dead bamboo grove',
      details: [
        'the stalks had all been cut in one direction, as cleanly as with a ruler',
        'there were trip lines beneath the leaves',
        'at each step something else took a step too',
      ],
    },
    {
      name: 'the courtyard of the Listening Rain',
      details: [
        'the well rope had worn seven deep grooves into the stone',
        'there were no spikes on the wall, and that was worse',
        'a swing was moving with nobody on it',
      ],
    },
    {
      name: 'the wild ferry',
      details: [
        'the boat lay in midstream with its pole upright',
        'the reeds were as white as a snowfall that would not end',
        'somebody had lit a fire on the far bank, and you could not see how many they were',
      ],
    },
    {
      name: 'the library of scriptures',
      details: [
        'scrolls were stacked up to the beams, and only the lowest row had no dust',
        'the wooden fish was split, and there was paper in the split',
        'the monk with the broom always swept round one particular tile',
      ],
    },
  ],
  traces: [
    { first: 'half a bamboo slip with a sword stroke carved on it', then: 'the bamboo slip' },
    { first: 'a dart in the shape of a plum flower', then: 'the dart' },
    { first: 'an old challenge with its wax unbroken', then: 'the challenge' },
    { first: 'a sword tassel stiff with blood', then: 'the tassel' },
    { first: 'a badge broken in two', then: 'the broken badge' },
    { first: 'one leaf of a burnt manual', then: 'the burnt leaf' },
    { first: 'a wine gourd with the print of a left hand', then: 'the gourd' },
    { first: 'a prescription with seven points marked', then: 'the prescription' },
  ],
  laws: [
    'Among swords a promise is worth a thousand in gold, and whoever breaks one is found by a blade sooner than by an enemy.',
    'Strength is like water and spills when it is full, and so the true masters learn to use a little less.',
    'The left-handed sword belongs to no school, and there is none it cannot undo.',
    'An order of #guild# arrives within three days; there has never been an exception.',
  ],
  customs: [
    'At the gate every sword is given up to an old soldier and redeemed with half a tally.',
    'A cup is never filled to the brim; what is left out is for the dead.',
    'Before a duel each asks who taught the other, and after that nobody asks anything.',
  ],
  history: [
    '#years.capitalize# years ago thirty-six broken swords appeared on the hill in one night, and nobody knows who set them there.',
    'After that there was no house above #guild#, and no one spoke of the night.',
    'On the day #elder# gave up the sword, the sheath went into the river.',
  ],
  scenes: [
    [
      'There was one flash. When #friend# could see again, the tassel of the other’s hat was lying on the ground, and #hero#’s blade might never have left its sheath. “Come on,” #she# said. “He doesn’t want to die today.”',
    ],
    [
      '“You were half a beat slow,” said #friend#.',
      '“On purpose.”',
      '“He could have killed you twice in that half.”',
      '#hero# #gesture#. “But he didn’t. So he hadn’t come to kill.”',
    ],
    [
      'At the third cup a swordsman at the next table pressed a coin flat into the wood and smiled, and invited them to do as much. #friend# lifted #his# bowl, emptied it, and fell asleep across the coin. Nobody could wake #him#.',
    ],
    [
      '#hero# took the blade in #her# left hand and went slowly through the forms in the yard. It was always the seventh. There the point would sink, as though an unseen hand were laid on it, very gently.',
    ],
    [
      'A tile clicked on the roof, hardly at all. #hero# laid #her# chopsticks straight; #friend# put out the lamp. In the darkness three people were breathing, and one of them was counting the other two.',
    ],
  ],
};
