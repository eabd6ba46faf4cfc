import days from '../../../content/en/days.json' with { type: 'json' };
import scifi from '../../../content/en/settings/scifi.json' with { type: 'json' };
import wording from '../../../content/en/wording.json' with { type: 'json' };
import { StartupError } from '../../config/startup-error';
import { checkedContent } from './checked-content';
import { ENGLISH } from './en';

describe('checkedContent', () => {
  it('gives what the files say', () => {
    expect(checkedContent('en', ENGLISH.files)).toEqual(jasmine.objectContaining(ENGLISH.files));
  });

  const closing = ['The end.'];
  const mistakes: Record<string, [changed: Record<string, unknown>, complaint: string]> = {
    'a missing file': [{ settings: {} }, 'content/en/settings/scifi.json is wrong at the top: Invalid key'],
    'a missing key': [{ synopsis: { closing } }, 'content/en/synopsis.json is wrong at opening: Invalid key'],
    'an empty text': [
      { synopsis: { opening: ['Once.', ''], closing } },
      'content/en/synopsis.json is wrong at opening.1: Expected a text that is not empty',
    ],
    'a text that ends with a space': [
      { synopsis: { opening: ['Once. '], closing } },
      'content/en/synopsis.json is wrong at opening.0: Expected no space at the beginning or the end',
    ],
    'a slot without its end': [
      { synopsis: { opening: ['#hero leaves.'], closing } },
      'content/en/synopsis.json is wrong at opening.0: Expected a text that is not empty, with slots like #name#',
    ],
    'an unknown change of a slot': [
      { synopsis: { opening: ['#hero.shout# leaves.'], closing } },
      'content/en/synopsis.json is wrong at opening.0: Expected a text that is not empty, with slots like #name#',
    ],
    'a sign of the grammar': [
      { synopsis: { opening: ['[hero:nobody]'], closing } },
      'content/en/synopsis.json is wrong at opening.0: Expected a text that is not empty, with slots like #name#',
    ],
    'an empty list': [
      { synopsis: { opening: [], closing } },
      'content/en/synopsis.json is wrong at opening: Invalid length: Expected >=1 but received 0',
    ],
    'a key that nobody reads': [
      { days: [{ ...days[0], noon: ['at noon'] }] },
      'content/en/days.json is wrong at 0.noon: Invalid key',
    ],
    'a slot where nothing fills it': [
      { genres: [{ genre: 'scifi', words: ['#hero#'] }] },
      'content/en/genres.json is wrong at 0.words.0: Expected a text without slots',
    ],
    'a title that leaves out a slot': [
      { wording: { ...wording, chapterTitle: 'Chapter #number#' } },
      'content/en/wording.json is wrong at chapterTitle: Expected #number# and #title#, each once',
    ],
    'too little for a text about the world': [
      { settings: { scifi: { ...scifi, places: scifi.places.slice(1) } } },
      'content/en/settings/scifi.json is wrong at places: Invalid length: Expected >=6 but received 5',
    ],
  };
  for (const [what, [changed, complaint]] of Object.entries(mistakes)) {
    it(`refuses ${what}, and names the file and the place`, () => {
      expect(() => checkedContent('en', { ...ENGLISH.files, ...changed })).toThrowMatching(
        (error) => error instanceof StartupError && error.message.startsWith(complaint),
      );
    });
  }
});
