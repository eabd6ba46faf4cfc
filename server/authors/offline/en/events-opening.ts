import type { StoryEvent } from '../story-language';

/** How a story begins. */
export const OPENING_EVENTS: readonly StoryEvent[] = [
  {
    key: 'letter',
    titles: ['A Letter Long Delayed', 'The Envelope Among the Bills', 'What Came Too Late'],
    summary: [
      '#years.capitalize# years after #elder# vanished, a delayed letter leads #hero# to #trace#.',
      'Back in #town#, #she# finds an old friend, #friend#, and together they recognise the hidden mark at #place#.',
      'But #rival# has arrived half a day before them, and #guild# wants #prize#.',
    ],
    beats: [
      [
        'The letter came tucked into a stack of bills, its seal smeared past reading. Only the name was clear: #hero#. There was not a word inside, only a claim ticket, and what the ticket brought back across the counter was #trace#.',
        '#hero# turned it over, and over again, and found that #her# fingers had stopped obeying. On the back was a scratch like a small bent hook. #she.capitalize# had grown up with that mark. #elder# used it for accounts, for roads, for anything that must not be forgotten.',
        '#elder# had been gone for #years# years.',
      ],
      [
        '#friend# opened the door with half a bowl of noodles in one hand. “Good timing,” #he# said. “I was just looking for somebody to argue with.”',
        'Then #he# saw what #hero# had set down on the table. The bowl was put aside, and it was a long time before #he# picked it up again.',
        '“That was #elder#’s,” #friend# said quietly. “When #prize# disappeared, #guild# called it theft. Did you ever believe that?”',
        '“No,” said #hero#. “That’s why I’m here.”',
      ],
      [
        'The door at #place# stood ajar. #detail.capitalize#. They bent over one lamp and matched #thatTrace# against the scratches in the wall, line after line, and at the seventh the two fitted without a gap.',
        '“#elder# left a trail,” #friend# breathed. “And left it for you.”',
        'Behind them somebody clapped, twice, politely. #rival# was standing in the doorway without so much as a damp cuff. “#years.capitalize# years,” said #rival#, “and I always thought it would be you in the end. Where is #prize#?”',
        '#hero# put one hand behind #her# back and slowly closed it.',
      ],
    ],
  },
  {
    key: 'empty-house',
    titles: ['The Empty Chair', 'A Door Without a Lock', 'The Drawer That Stuck'],
    summary: [
      '#hero# returns to #town# to clear #elder#’s old house and finds #trace# in a drawer that has rusted shut.',
      '#friend# admits what #he# has kept quiet for #years# years: on the last night, #elder# wrote down where #prize# was, for #hero# to read.',
      'When #rival# comes to claim the house for #guild#, #hero# resolves to find it first.',
    ],
    beats: [
      [
        '#elder#’s house had stood empty for #years# years, and nobody had locked it. The dust on the table was thick enough to write in. The chair faced the door, as if whoever sat there had only gone to fill the kettle.',
        '#hero# tried the drawers one by one. The lowest had rusted fast, and #she# struck it three times with the handle of #her# knife before something inside gave a small click. On a square of velvet lay #trace#.',
        'Under the velvet was a scrap of paper with four words on it. Do not give it.',
      ],
      [
        '“I knew you’d ask,” said #friend#, without turning round. “It’s why I’ve been taking the other street.”',
        '“The night #elder# left. You were there.”',
        'The silence went on until #hero# thought there would be no answer. “I was there. #elder# wrote a page, for you, about where to find #prize#. Then the lamp went out. When we got it lit again, the page was gone, and so was #elder#.”',
        '#hero# pushed #thatTrace# across to #him#. “Then we start with this.”',
      ],
      [
        'They came for the house earlier than agreed. #rival# laid a stamped paper on the table with the manners of a dinner guest. “#guild.capitalize# wants the walls, nothing more. Take whatever is in them. Except #prize#.”',
        '“It isn’t here.”',
        '“I know,” said #rival#, smiling. “That is why I waited for you to come and look for it.”',
        'When the door had closed, #friend# swore under #his# breath. #hero# was looking out of the window. From here you could just see the outline of #place#, and it was the very corner somebody had stitched into the velvet.',
      ],
    ],
  },
];
