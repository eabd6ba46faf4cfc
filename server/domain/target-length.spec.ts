import { targetLengthOf } from './target-length';

describe('targetLengthOf', () => {
  it('divides the length of the work among its chapters', () => {
    expect(targetLengthOf({ chapter_count: 4, word_count: 10_000 }, 'zh', 'draft')).toBe(2500);
  });

  it('asks as much of a revision as of its draft', () => {
    const goal = { chapter_count: 3, word_count: 5000 };

    expect(targetLengthOf(goal, 'en', 'revision')).toBe(targetLengthOf(goal, 'en', 'draft'));
  });

  it('asks for a few sentences even of the shortest chapter', () => {
    expect(targetLengthOf({ chapter_count: 200, word_count: 100 }, 'en', 'draft')).toBe(50);
  });

  it('keeps the texts about the whole work within bounds', () => {
    expect(targetLengthOf({ word_count: 100 }, 'en', 'outline')).toBe(150);
    expect(targetLengthOf({ word_count: 2_000_000 }, 'en', 'synopsis')).toBe(1000);
  });
});
