import type { StoryEvent } from '../story-language';

/** How a story ends. */
export const ENDING_EVENTS: readonly StoryEvent[] = [
  {
    key: 'reading',
    titles: ['Read to Everyone', 'A Light That No One Made', 'The Last Mark'],
    summary: [
      '#hero# and #friend# reach #place# and stand at last before #prize# and the last words #elder# left.',
      'Before #guild# can stop #herObject#, #hero# reads it aloud, until every name in it has been heard.',
      'It burns to ash, #town# knows where it comes from, and #hero# is home.',
    ],
    beats: [
      [
        '#place.capitalize# was smaller than #hero# remembered. #detail.capitalize#. #she.capitalize# followed the marks to the likeliest corner, and past it, and in the unlikeliest of all found a lamp nobody had lit, with a small bent hook scratched into its foot.',
        '#she.capitalize# set #kept# down beside it, mark against mark. In the wall something began to move, a long run of small sounds, as though a great many little doors were opening one after another.',
        '#prize.capitalize# was inside, wrapped in a coat #hero# had worn as a child.',
      ],
      [
        'There was a note in the pocket of the coat, in a hand that shook. “Child, I won’t be walking back. Don’t weep for me. Read for me.”',
        '#hero# carried it outside. A good many people had gathered: grey caps, neighbours, #friend# fighting for breath. #rival# stood at the very back, one hand on a hilt, and did not move.',
        '“#elder# left this for everyone,” #hero# said. #her.capitalize# voice was small to begin with, and then it was not. “I’ll start with the first name.”',
      ],
      [
        'Halfway through, somebody in the crowd began to cry. By the end the grey caps were coming off, one after another. Nobody stepped forward. Nobody left.',
        'Then #hero# lit a fire. The flame was blue, and after that it was yellow. #prize.capitalize# curled up in it like a hand that was willing, finally, to close.',
        '“Is it over?” asked #friend#.',
        '“It’s over,” said #hero#. “So now it can start.”',
      ],
    ],
  },
  {
    key: 'returning',
    needs: 'bargain',
    titles: ['Giving It Back', 'When the Lamps Were Lit', 'Nothing Left to Find'],
    summary: [
      'In front of #place# #hero# and #rival# face each other for the last time, with #prize# between them.',
      '#rival# lowers a raised hand, and #hero# gives it back, as #elder# wished, to the people of #town#.',
      '#elder# does not return, but one after another the lamps of #town# are lit.',
    ],
    beats: [
      [
        'The two sides came to #place# almost at the same moment. #rival# was at one end, #hero# at the other, and on a slab of stone between them lay #prize#, so small that it was hard to believe how many people had run themselves lame for it.',
        '“One hour,” said #rival#. “I couldn’t be any later than that.”',
        '“It was enough.” #hero# laid #kept# on the stone next to it. “Your half of the sentence. Do you remember it?”',
      ],
      [
        '#rival#’s hand was already in the air. Dozens of eyes were on it, waiting for it to fall.',
        '“‘If the day comes when it is found,’” said #hero#. “That’s today. You’re the only other person alive who knows how it goes on.”',
        'Nobody understood, except one. The hand stayed where it was, and stayed, and at last came slowly down. “Go home, all of you,” said #rival# hoarsely. “We found nothing here.”',
      ],
      [
        'They gave it to the people of #town#. A child who was not afraid of anything carried it through the streets, and stopped for whoever wanted to look. Those who had looked said nothing. They went in and lit their lamps.',
        '#friend# counted a hundred and then lost count. “Was it worth it?”',
        '#hero# thought of how #elder# used to turn a chair to face the door, so that whoever came home late would find a place to sit. “Look,” #she# said. “It’s long past dark, and you can see the whole road.”',
      ],
    ],
  },
];
