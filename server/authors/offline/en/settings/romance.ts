import type { Setting } from '../../story-language';

/** A small town by a river, and letters that were never sent. */
export const ROMANCE: Setting = {
  towns: ['Pearblossom Ferry', 'Willowmere', 'Half Moon Bay', 'Southbrook'],
  guilds: ['the Riverside Trust', 'the House of Fairholm', 'the Evergreen Estate'],
  prizes: [
    { name: 'the box of unsent letters', nature: 'says everything that a whole street did not dare to say' },
    { name: 'the deed to the old theatre', nature: 'can save half the town' },
    { name: 'the book of flowers', nature: 'hides a name behind every bloom' },
  ],
  motifs: [
    'the white blossom that opens everywhere in one night',
    'the long whistle from the ferry at dusk',
    'the paper lamps that come down the river',
  ],
  heroRoles: [
    'a restorer of old letters',
    'a writer of other people’s letters',
    'a florist new to the trade',
  ],
  friendRoles: ['a ferryman', 'an old neighbour with a noodle shop', 'the only vet in town'],
  rivalRoles: ['a manager true to every contract', 'heir to the business', 'a well-dressed lawyer'],
  elderRoles: [
    'the postal carrier who kept the whole town’s letters',
    'an old player of small parts',
    'the stranger who grew flowers',
  ],
  places: [
    {
      name: 'the old theatre',
      details: [
        'three boards were missing from the stage, and last year’s petals lay beneath',
        'half a phoenix was left on a corner of the curtain',
        'the mirror behind the stage was cracked and showed two evenings',
      ],
    },
    {
      name: 'the old post office',
      details: [
        'the pigeonholes went up to the beams, most of them with faded names',
        'the inkwell had dried out and the pen was still standing in it',
        'the letterbox at the door was the reddest thing in the street',
      ],
    },
    {
      name: 'the landing',
      details: [
        'ropes had worn deep rings into the posts',
        'there were pairs of names carved in the bench, and here and there one was crossed out',
        'the water kept licking at the lowest step',
      ],
    },
    {
      name: 'the glasshouse',
      details: [
        'jasmine and wet soil left hardly any room to breathe',
        'the panes were beaded over, and the shapes outside ran together',
        'there was a card beneath every pot',
      ],
    },
    {
      name: 'the attic by the river',
      details: [
        'from the window you could touch the willows of the other bank',
        'a paler patch on the floor showed where there had been a piano',
        'the calendar on the wall had stopped at the first of May',
      ],
    },
    {
      name: 'the noodle shop beneath the elm',
      details: [
        'the broth had been simmering since morning',
        'on the wall were debts, and whose baby had come',
        'the table at the window was always empty, and cleaner than all the rest',
      ],
    },
  ],
  traces: [
    { first: 'a letter with a stamp and no postmark', then: 'the letter' },
    { first: 'a flower pressed in a book', then: 'the pressed flower' },
    { first: 'half of a theatre ticket', then: 'the half ticket' },
    { first: 'a purse with the embroidery half done', then: 'the purse' },
    { first: 'a prescription with a poem on the back', then: 'the prescription' },
    { first: 'a ring wound about with red thread', then: 'the ring' },
    { first: 'a song that broke off in the middle', then: 'the sheet of music' },
    { first: 'an old photograph of three people', then: 'the photograph' },
  ],
  laws: [
    'There are no secrets here, only matters that everyone has agreed not to bring up.',
    'A letter need not be posted, but it may not be burned; that is the custom of the old people.',
    'Once a year the river changes its course, and so nobody likes to say always.',
    'The town is so small that it is harder to avoid someone than to meet them.',
  ],
  customs: [
    'On the day of the blossom each house floats a lamp down the river, without a name on it.',
    'An extra egg in the noodles means that there is something to be said.',
    'Whoever is going away sits on the bench at the landing until it is warm.',
  ],
  history: [
    '#years.capitalize# years ago, when the blossom was out, #elder# delivered one last letter and was not seen again.',
    'It has been said for years that #guild# will pull the old theatre down, and every time it has rained.',
    'The bench at the landing was made by somebody who had waited for twenty years.',
  ],
  scenes: [
    [
      '#friend# held the umbrella over #hero#, and it kept leaning to #her# side. Under the eaves #she# saw that one of #his# shoulders was wet through. “It’s a crooked umbrella,” #he# said. “It was born that way.”',
    ],
    [
      'The noodles came, and at the bottom of the bowl were two eggs. #hero# moved them about and did not ask. #friend# stood behind the stove, drying a dish that had been dry for some time, and did not say.',
    ],
    [
      'Two hands went to turn one page, and touched, and drew back. “You first,” said #friend#. “No, you,” said #hero#. Neither of them could have told you what was on it.',
    ],
    [
      '“If I hadn’t gone away,” #hero# began, and stopped. #friend# watched the river for a while. “Then I’d never have learned to steer.”',
    ],
    [
      '“Your hand is freezing.” #friend# had taken it, and now let go, as if startled. #hero# put it in #her# pocket. It stayed warm the whole way home.',
    ],
  ],
};
