import type { Setting } from '../../story-language';

/** An old harbour town with more closed files than open windows. */
export const MYSTERY: Setting = {
  towns: ['Mistport', 'Old Southwharf', 'Saint Orrin', 'Blackwater Quay'],
  guilds: ['the Merchant House', 'the Harbour Board', 'the Vale Shipping Company'],
  prizes: [
    { name: 'the Black Ledger', nature: 'lists thirty years of payments nobody was meant to see' },
    { name: 'the lost roll of film', nature: 'shows every face on the quay the night the ship went down' },
    { name: 'File Thirteen', nature: 'could overturn the one case nobody doubts' },
  ],
  motifs: [
    'the beam of the lighthouse, every twenty seconds',
    'the telephone that rings at night with nobody on the line',
    'the sunken bell that can be heard at high tide',
  ],
  heroRoles: ['a restorer of old books', 'a reporter on suspension', 'a clerk who reads closed cases'],
  friendRoles: ['a diver past retirement', 'the night porter of the morgue', 'a driver of night cabs'],
  rivalRoles: ['legal counsel', 'a private detective who does not fail', 'chief of the guards'],
  elderRoles: [
    'the keeper of the old lighthouse',
    'the clerk who wrote down the case',
    'the photographer on the quay',
  ],
  places: [
    {
      name: 'the old lighthouse',
      details: [
        'the stairs went round nine times, and each round had one step fewer',
        'the brass mirror was perfectly bright, and whoever looked into it was blurred',
        'the log stopped at a single date',
      ],
    },
    {
      name: 'the third warehouse',
      details: [
        'crates stood up to the roof and left one gap to pass sideways',
        'the mark of something dragged ran across the floor and ended at the wall',
        'dust was turning slowly in the light from the roof',
      ],
    },
    {
      name: 'the darkroom',
      details: [
        'the red lamp made everything the same colour',
        'pictures that no one had called for were pegged along the line',
        'a skin had formed on the bath of chemicals',
      ],
    },
    {
      name: 'the vault beneath the courthouse',
      details: [
        'iron cabinets ran from floor to ceiling, with gaps in their numbers',
        'the archivist’s chair was still warm',
        'you could hear each footstep of the floor above through the grille',
      ],
    },
    {
      name: 'the ferry that no longer sailed',
      details: [
        'she lay over to one side, like someone trying to listen',
        'the name had been scraped off the lifebelts',
        'the water in the engine room had left its lines on the wall',
      ],
    },
    {
      name: 'the watchmaker’s shop',
      details: [
        'no two of the clocks on the wall agreed',
        'there was a yellowed receipt under the glass of the counter',
        'the pendulum of the tallest clock hung still, and the ticking went on',
      ],
    },
  ],
  traces: [
    { first: 'a boat ticket torn in two', then: 'the torn ticket' },
    { first: 'a locker key with the number thirteen', then: 'the locker key' },
    { first: 'a photograph with a date on the back', then: 'the photograph' },
    { first: 'half a page of testimony, singed', then: 'the half page' },
    { first: 'a cufflink with blood on it', then: 'the cufflink' },
    { first: 'a tape without a label', then: 'the tape' },
    { first: 'a pawn ticket', then: 'the pawn ticket' },
    { first: 'a tide table that somebody had altered', then: 'the tide table' },
  ],
  laws: [
    'There is nothing uncanny here: behind every strange event somebody has paid for it.',
    'The tide comes twice a day and covers the old quay for forty minutes, which is time enough to hide something.',
    'Files are kept for thirty years and then destroyed, and the thirty years are up.',
    'The roads, the school and the graves are paid for by #guild#, and so nobody asks where the money comes from.',
  ],
  customs: [
    'In #town# nobody speaks of the dead while it rains.',
    'At closing time the shops leave one lamp burning, for those who never made the harbour.',
    'A stranger with questions must first sit for three days at the tea stall on the quay.',
  ],
  history: [
    '#years.capitalize# years ago a ship went down within sight of the lighthouse; nobody was saved, and nobody was charged.',
    'The day after the case was closed, #guild# bought the whole street along the quay.',
    'Those who were on duty that night left #town# one by one; only #elder# simply was not there any more.',
  ],
  scenes: [
    [
      '#hero# wrote all the times down and drew lines between them. There were seventeen minutes left over, and not one person could say where they had been in them.',
    ],
    [
      '“Wiped.” #friend# was squinting along the edge. “Wiped so well that they did the places nobody touches.”',
      '“A professional, then?”',
      '“A professional in a panic.”',
    ],
    [
      'In the corner the old telephone rang, although its cord had been cut. #hero# picked it up. There was the sea, and somebody breathing. After the ninth breath the line went dead.',
    ],
    [
      'Of the five people in the picture four were looking at the camera and one at something outside the frame. #hero# followed that look with a finger, and it led towards #place#.',
    ],
  ],
};
