import type { Setting } from '../../story-language';

/** A town like many others, for stories of no particular genre. */
export const GENERAL: Setting = {
  towns: ['Whitestone', 'Northbank', 'Willow Cross', 'Old Cape'],
  guilds: ['the Chamber of Trade', 'the Renewal Company', 'the Three Rivers Club'],
  prizes: [
    { name: 'the book of families', nature: 'tells where the town really came from' },
    { name: 'the heart of the old clock', nature: 'remembers every hour that was ever altered' },
    { name: 'the iron trunk', nature: 'holds what a whole generation left unsaid' },
  ],
  motifs: [
    'the great clock, which strikes once a year',
    'the swifts that come over the roofs like one thought',
    'the stone road that the low tide uncovers',
  ],
  heroRoles: ['a mender of clocks', 'a schoolteacher come home', 'a drawer of maps'],
  friendRoles: ['a dealer in other people’s furniture', 'a driver of long roads', 'the keeper of the sluice'],
  rivalRoles: ['a director of the club', 'an agent with a gift for words', 'the keeper of the accounts'],
  elderRoles: [
    'the old clockmaker',
    'a teacher of three generations',
    'the carpenter who had once kept the light',
  ],
  places: [
    {
      name: 'the clock tower',
      details: [
        'the pendulum hung still, and the pigeons rose on the hour all the same',
        'the seventh step of the ladder was always a new one',
        'somebody had pencilled the floods on the wall, each of them higher',
      ],
    },
    {
      name: 'the old wharf',
      details: [
        'the barnacles on the piles were as white as teeth',
        'a boat lay bottom up on the shingle, three times patched',
        'the waves came in and then, as if they had remembered something, went out',
      ],
    },
    {
      name: 'the hall of ancestors',
      details: [
        'the ash in front of the tablets was warm',
        'half of the swallows’ nest on the beam was gone',
        'the threshold was so high that everybody had to bow to it',
      ],
    },
    {
      name: 'the brick kiln',
      details: [
        'its black mouth stood open and still gave off some warmth',
        'spoiled bricks had been built into a wall that nobody needed',
        'there was the smudge of a thumb on every brick',
      ],
    },
    {
      name: 'the old schoolhouse',
      details: [
        'the blackboard had been wiped many times and still said home',
        'three generations of notes were stuffed into the desks',
        'the bell rope had snapped and been mended with red cloth',
      ],
    },
    {
      name: 'the sluice',
      details: [
        'the waterline on the gate had been moved',
        'the noise of the water covered half of every sentence',
        'the light in the watch room never went out, and there was never anybody in it',
      ],
    },
  ],
  traces: [
    { first: 'an old map drawn by hand', then: 'the map' },
    { first: 'a cogwheel with a date on it', then: 'the cogwheel' },
    { first: 'a page torn out of a diary', then: 'the torn page' },
    { first: 'half of a family portrait', then: 'the half portrait' },
    { first: 'a small wooden box, locked', then: 'the box' },
    { first: 'a deed signed with a thumb', then: 'the deed' },
    { first: 'a rusty ship’s nail', then: 'the nail' },
    { first: 'a fountain pen with a word engraved on it', then: 'the pen' },
  ],
  laws: [
    'The clocks here are a quarter of an hour slow; everybody knows it, and nobody sets them right.',
    'The boundaries go by the old stone road, and the stone road is to be seen only at low tide.',
    'Any contract that matters is made in the hall of ancestors, and liars stumble at the threshold.',
    'The sluice belongs to #guild#, and with it every harvest.',
  ],
  customs: [
    'Those who leave cut their name into the doorframe, and go over it again on the day they return.',
    'Nobody says thank you for a favour; they leave a clean brick on the doorstep.',
    'On the day the clock strikes everyone puts down what they are doing and listens to the end.',
  ],
  history: [
    '#years.capitalize# years ago the flood took away half a street, and a book that everybody thought was safe.',
    'When the water had gone #guild# surveyed the land anew, and since then the boundary stones have not agreed with what the old people remember.',
    'The clock stopped in the hour of the flood, and #elder#, who alone could have mended it, was gone.',
  ],
  scenes: [
    [
      '#hero# laid an ear to the wall and listened. It was a habit of the trade: distrust the eye and believe the sound. In one spot the wall was hollow.',
    ],
    [
      '“Do you remember the school bell?” asked #friend#.',
      '“You rang it a quarter of an hour early. They sent everyone home.”',
      '“It’s the best thing I ever did.”',
    ],
    [
      'They went out along the stones and counted. At three hundred the tide was at their heels. #friend# said to hurry; #hero# said to wait. Beneath the three hundred and first there were letters.',
    ],
    [
      'The old map and the new lay side by side, and they differed by one line. That line had turned forty families into lodgers. #hero# took a pencil and lightly put it back where it belonged.',
    ],
  ],
};
