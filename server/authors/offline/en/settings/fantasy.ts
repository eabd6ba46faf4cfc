import type { Setting } from '../../story-language';

/** A port where names have power and lamps remember. */
export const FANTASY: Setting = {
  towns: ['Greywhale Harbour', 'Nine Bridges', 'Saltmarrow', 'Towerfog'],
  guilds: ['the Order of the Lamp', 'the Silver Key', 'the Mute Brotherhood'],
  prizes: [
    { name: 'the Flameless Lamp', nature: 'shows people what they have forgotten' },
    { name: 'the First Register', nature: 'holds the first name of everything there is' },
    { name: 'the Key of Tides', nature: 'can send the sea back by a hundred years' },
  ],
  motifs: [
    'the shining fish that swim upstream at night',
    'the white crows that never call',
    'two moons side by side',
  ],
  heroRoles: ['a mender of shadows', 'a copier of charms without a master', 'a binder of books that talk'],
  friendRoles: [
    'a ferryman thrown out of the guild',
    'a half-trained tamer of crows',
    'a true wizard who sells false charms',
  ],
  rivalRoles: ['bearer of the lamp', 'first inquisitor', 'warden of the keys'],
  elderRoles: [
    'the last lamplighter who could write the old script',
    'the keeper of the register in the tower',
    'the old mage who kept accounts for the sea',
  ],
  places: [
    {
      name: 'the drowned belfry',
      details: [
        'the bell lay at the bottom of the well, and now and again the water trembled',
        'a shallow river had been worn down the middle of the stairs',
        'a moss that gave light grew in the cracks',
      ],
    },
    {
      name: 'the shadow market',
      details: [
        'the sellers had folded their shadows and stacked them in piles',
        'the cries got there before the people did',
        'there were sighs in one pan of the scales and good solid brass in the other',
      ],
    },
    {
      name: 'the salt wood',
      details: [
        'every tree was hung with a frost that was salt',
        'a footstep took some time to come back',
        'the grains on the bark had arranged themselves in something like letters',
      ],
    },
    {
      name: 'the old lamp store',
      details: [
        'a thousand lamps stood on the shelves and not one of them was burning',
        'the knocker was a brass hand with its fingers crossed',
        'white rings were drawn on the floor, closer together towards the middle',
      ],
    },
    {
      name: 'the hanging bridge',
      details: [
        'its reflection looked a good deal safer than the bridge itself',
        'the railing was thick with knotted wishes',
        'from the middle you could hear neither of the two banks',
      ],
    },
    {
      name: 'the nameless graveyard',
      details: [
        'the stones were blank, and scrubbed very clean',
        'a white crow sat on the tallest and did not stir',
        'the path brought everyone round to the same cypress',
      ],
    },
  ],
  traces: [
    { first: 'a flake of wax that would not melt', then: 'the flake of wax' },
    { first: 'half of a contract that was fading', then: 'the half contract' },
    { first: 'a white crow’s tail feather', then: 'the feather' },
    { first: 'a shell with writing in the old script', then: 'the shell' },
    { first: 'a glass phial with an echo inside', then: 'the phial' },
    { first: 'a key without any teeth', then: 'the toothless key' },
    { first: 'a leaf of the register, soaked by the sea', then: 'the leaf' },
    { first: 'a piece of rope that had once held nine knots', then: 'the piece of rope' },
  ],
  laws: [
    'Names have weight: whoever knows the true name of a thing may ask it for one favour, and only one.',
    'A shadow can be pawned, but until it is redeemed nobody will dream of its owner.',
    'Every spell is paid for in memories of the same worth, and what has been forgotten cannot be claimed back.',
    'Lamps show the living what they would rather not see, and so #guild# alone sells the oil.',
  ],
  customs: [
    'The name of a newborn is told to the lamp before it is told to anyone else.',
    'Whoever crosses the river drops in a grain of salt, to pay the sea.',
    'People who part exchange a knot and undo it when they meet again.',
  ],
  history: [
    'One night a hundred years ago every lamp went out together, and in the morning each had forgotten one thing without knowing what it was.',
    'It is told that #guild# saved the city that night, and it has ruled over the lamps ever since.',
    'Once the sea drew back and uncovered a city the very image of #town#; the next day it was under water.',
  ],
  scenes: [
    [
      '#hero# had the true name under #her# tongue and did not say it. It was the last favour left. #she.capitalize# meant to keep it until there was no other way, if only #she# could be sure what that would look like.',
    ],
    [
      'A white crow came down on #friend#’s shoulder and pecked at #his# ear. “What does it say?” asked #hero#. #friend# listened. “That we’ve taken the wrong road. And that I ought to wash my hair.”',
    ],
    [
      '“Have a look, at least,” said the shadow seller. “It was #elder# who pawned this one.” He shook out a roll of thin black stuff. It shied from #hero#’s hand, and then it knew #herObject#, and wound itself round #her# wrist.',
    ],
    [
      'The lamp turned of its own accord and shone on a wall with nothing on it. Slowly a small bent hook appeared. “I always said so,” whispered #friend#. “Lamps are more faithful than people.”',
    ],
  ],
};
