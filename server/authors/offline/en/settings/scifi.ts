import type { Setting } from '../../story-language';

/** A worn-out colony where power is rationed and every house keeps a lamp. */
export const SCIFI: Setting = {
  towns: ['Harrow Station', 'Northring', 'Stillwater Dome', 'Port Meridian'],
  guilds: ['the Meridian Line', 'the Bureau of Allocation', 'the Zero Company'],
  prizes: [
    { name: 'the First Star Chart', nature: 'holds every route there was before people came' },
    { name: 'the Seventh Recording', nature: 'keeps the last eleven minutes of the lost fleet' },
    { name: 'the Evergreen Core', nature: 'goes on remembering when the network is down' },
  ],
  motifs: [
    'the green light beyond the dome',
    'the satellite that belongs to no one',
    'the blue glow on the horizon that never goes out',
  ],
  heroRoles: ['a mender of signals', 'a pilot out of work', 'a digger in dead archives'],
  friendRoles: [
    'a driver of repair boats',
    'a back-street fitter of glass eyes',
    'a weather scout past retirement',
  ],
  rivalRoles: ['chief auditor', 'head of recoveries', 'a security officer with clean gloves'],
  elderRoles: [
    'the engineer who built the first relay tower',
    'the last maker of maps by hand',
    'the youngest technician of the first landing',
  ],
  places: [
    {
      name: 'the old relay tower',
      details: [
        'every few minutes the whole mast gave a shiver, as if it dreamed',
        'the rungs of the ladder were polished by gloves',
        'the screens had stopped at an hour many years gone',
      ],
    },
    {
      name: 'the coolant alleys',
      details: [
        'frost lay on the pipes in one coat over another',
        'the vents breathed out white and swallowed the passers-by up to the waist',
        'a dull red light came up through the grating underfoot',
      ],
    },
    {
      name: 'the dead greenhouse',
      details: [
        'tomato vines had climbed a broken mechanical arm to the very top',
        'half the panes were gone and the other half were beaded with wet',
        'the sprinklers still turned at the old hours, without any water',
      ],
    },
    {
      name: 'the memory archive',
      details: [
        'the cabinets hummed in rows, like a roomful of people with their mouths shut',
        'most of the access lights had gone out',
        'the reading desk was warm where the last hand had lain',
      ],
    },
    {
      name: 'the freight shaft',
      details: [
        'cables came down out of a height nobody could see, and swayed',
        'the lift had stopped between two floors',
        'the loaders had written their names all over the walls',
      ],
    },
    {
      name: 'the old airlock quarter',
      details: [
        'of the warning on the door only the word NOT was left',
        'the seals had perished and let out a thin whistle',
        'a suit that belonged to nobody hung with its visor to the wall',
      ],
    },
  ],
  traces: [
    { first: 'a memory chip with one burnt corner', then: 'the memory chip' },
    { first: 'a spoken password recorded backwards', then: 'the password' },
    { first: 'a meal ticket with coordinates on it', then: 'the meal ticket' },
    { first: 'half of a numbered identity ring', then: 'the half ring' },
    { first: 'a page from a log, written by hand', then: 'the page from the log' },
    { first: 'a clockwork watch that had stopped', then: 'the watch' },
    { first: 'a length of cable wound with blue thread', then: 'the length of cable' },
    { first: 'a sketch of the pipes', then: 'the sketch' },
  ],
  laws: [
    'Power is rationed; when it goes off every house lights an oil lamp, and so the oldest technology is also the most reliable.',
    'The network fails without warning, and whatever matters has to be written on paper or scratched into metal.',
    'All comings and goings are on record with #guild#, and whoever is not on record was never there.',
    'It is possible to walk outside the dome, but only for as long as one canister lasts.',
  ],
  customs: [
    'The names of all who ever lived in a cabin stand on its door, and no newcomer may rub out an old one.',
    'At seven every child climbs the freight shaft alone and counts the rungs.',
    'Nobody says goodbye there; they say, keep the channel open.',
  ],
  history: [
    'The first to land owed their lives to a chart drawn by hand, which afterwards disappeared.',
    'The Great Silence lasted forty days, and the records say nothing of what was done in it.',
    'The day after it ended #guild# was founded, and its first order was to seal the old files.',
  ],
  scenes: [
    [
      'The ration ran out on the minute, and one after another the machines fell silent, like people laying down their forks. #hero# felt for the lamp. #friend# was already holding out a light.',
    ],
    [
      '“How long will the air last?” asked #friend#.',
      '#hero# looked at the gauge. “Long enough for a quarrel. Not long enough to make it up.”',
      '“Then let’s leave it.”',
    ],
    [
      'The terminal wrote: visitor, state your purpose. #hero# held #her# hands over the keys for some time and then typed two words. Coming home. The cursor blinked. The door opened.',
    ],
    [
      'An ancient inspection drone slid by overhead. Its red light crossed their faces, hesitated, and moved on. It probably still had the records from #elder#’s day.',
    ],
  ],
};
