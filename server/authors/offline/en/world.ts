import type { SectionPhrases } from '../story-language';

/** The sections about the world; `law`, `custom`, `history` and the places come from its genre. */
export const WORLD: readonly SectionPhrases[] = [
  {
    heading: 'The stage: #town#',
    layout: 'paragraph',
    required: [
      'The story is set in #town#, a place that everyone talks of leaving and hardly anyone leaves.',
    ],
    optional: [
      'It is known for #motif#, which visitors come a long way for and the people who live there use to keep count of the years.',
      'The streets wind about with the lie of the land; newcomers think that they are going in circles, and only later notice that each circle is a little higher than the last.',
      'The sign of #guild# is everywhere, over doors, on weights and scales, and even on the children’s kites.',
    ],
  },
  {
    heading: 'How the world works',
    layout: 'list',
    required: ['#law#'],
    optional: ['#law#', '#law#', '#law#'],
  },
  {
    heading: 'Places',
    layout: 'list',
    required: ['**#place1.capitalize#**, where #detail1#.'],
    optional: [
      '**#place2.capitalize#**, where #detail2#.',
      '**#place3.capitalize#**, where #detail3#.',
      '**#place4.capitalize#**, where #detail4#.',
      '**#place5.capitalize#**, where #detail5#.',
      '**#place6.capitalize#**, where #detail6#.',
      'At night #place1# is another place altogether: #detail1#.',
      'Those who stay longer at #place2# notice one thing more: #detail2#.',
      'What nobody forgets about #place3#: #detail3#.',
    ],
  },
  {
    heading: 'Weather in the story',
    layout: 'list',
    required: [],
    optional: ['#sign#', '#sign#', '#sign#', '#sign#', '#sign#', '#sign#'],
  },
  {
    heading: 'Things that will turn up',
    layout: 'list',
    required: [],
    optional: [
      '#object.capitalize#, with one of #elder#’s marks hidden on it.',
      '#object.capitalize#, which has been through many hands, the last of which left no name.',
      '#object.capitalize#: worthless by the look of it, although #guild# has turned over a whole street to get it.',
      '#object.capitalize#, which means nothing until it is laid beside something else.',
      '#object.capitalize#, once taken for a fake and very nearly thrown away.',
      '#object.capitalize#; when #hero# finds it, the dust on it is new.',
    ],
  },
  {
    heading: 'Powers',
    layout: 'list',
    required: [
      '**#prize.capitalize#**: it is said that it #nature#.',
      '**#guild.capitalize#**: the strongest of them all, with #rival# as its ablest servant.',
    ],
    optional: [
      '**The neighbours**: on nobody’s side, well informed about everybody’s, and careful what they say to whom.',
      '**The marks of #elder#**: a way of writing handed from teacher to pupil, which first says where, then when, and only then why.',
    ],
  },
  { heading: 'The past', layout: 'list', required: ['#history#'], optional: ['#history#', '#history#'] },
  {
    heading: 'Customs and daily life',
    layout: 'list',
    required: [],
    optional: ['#custom#', '#custom#', '#custom#'],
  },
];
