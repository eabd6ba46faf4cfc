import { arrangeEvents } from './arrange-events';
import { SeededRandom } from './random';
import type { Phase, StoryEvent } from './story-content';
import { storyLanguage } from './story-language';

describe('arrangeEvents', () => {
  const chinese = storyLanguage('zh');
  const arrange = (chapterCount: number, seed = 1): StoryEvent[] =>
    arrangeEvents(chinese, chapterCount, new SeededRandom(seed));
  const keysOf = (phase: Phase): string[] => chinese.events[phase].map(({ key }) => key);

  it('gives one event to each chapter', () => {
    for (const chapterCount of [1, 2, 3, 4, 5, 13, 40, 200]) {
      expect(arrange(chapterCount)).toHaveSize(chapterCount);
    }
  });

  it('tells a work of one chapter from its beginning to its end', () => {
    const [whole] = arrange(1);
    expect(whole?.beats).toHaveSize(5);
  });

  it('begins with an opening, turns after the middle and finishes with an ending', () => {
    const keys = arrange(13).map(({ key }) => key);
    expect(keysOf('opening')).toContain(keys[0] ?? '');
    expect(keysOf('turning')).toContain(keys[7] ?? '');
    expect(keysOf('ending')).toContain(keys[12] ?? '');
  });

  it('repeats no event in a work of 13 chapters', () => {
    for (let seed = 0; seed < 50; seed++) {
      expect(new Set(arrange(13, seed)).size).toBe(13);
    }
  });

  it('lets an event happen only after what it refers back to', () => {
    for (let seed = 0; seed < 50; seed++) {
      const happened = new Set<string>();
      for (const { key, needs } of arrange(9, seed)) {
        expect(needs === undefined || happened.has(needs))
          .withContext(`${key}, seed ${String(seed)}`)
          .toBeTrue();
        happened.add(key);
      }
    }
  });
});
