import { Phrasebook } from './phrasebook';
import { SeededRandom } from './random';

describe('Phrasebook', () => {
  it('replaces symbols, also those inside what it has put in', () => {
    const phrasebook = new Phrasebook({ who: '#name#', name: '林晚' }, new SeededRandom(1));
    expect(phrasebook.expand('#who#回来了。')).toBe('林晚回来了。');
  });

  it('uses every alternative before one comes again', () => {
    const phrasebook = new Phrasebook({ sound: ['a', 'b', 'c'] }, new SeededRandom(1));
    expect(phrasebook.expand('#sound# #sound# #sound#').split(' ').sort()).toEqual(['a', 'b', 'c']);
  });

  it('capitalizes the first letter only', () => {
    const phrasebook = new Phrasebook({ place: 'the old tower' }, new SeededRandom(1));
    expect(phrasebook.expand('#place.capitalize# stood.')).toBe('The old tower stood.');
  });

  it('is not disturbed by another phrasebook that is used in between', () => {
    const rules = { word: ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'] };
    const draw = (phrasebook: Phrasebook): string => phrasebook.expand('#word#');
    const alone = new Phrasebook(rules, new SeededRandom(1));
    const expected = [draw(alone), draw(alone), draw(alone)];
    const one = new Phrasebook(rules, new SeededRandom(1));
    const other = new Phrasebook(rules, new SeededRandom(2));
    const interleaved = [draw(one), draw(other), draw(one), draw(other), draw(one)];
    expect([interleaved[0], interleaved[2], interleaved[4]]).toEqual(expected);
  });
});
