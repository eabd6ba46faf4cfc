import { briefOf } from '../../testing/brief';
import { compose } from './compose';
import { storyBibleFor } from './story-bible';

describe('storyBibleFor', () => {
  it('is the same for every task of a session', () => {
    const one = storyBibleFor(briefOf({ taskType: 'outline', chapterIndex: null, targetLength: 300 }));
    const other = storyBibleFor(briefOf({ attempt: 2 }));
    expect(one.phrases).toEqual(other.phrases);
    expect(one.chapters).toEqual(other.chapters);
  });

  it('differs between titles, seeds and goals', () => {
    const { phrases } = storyBibleFor(briefOf());
    expect(storyBibleFor(briefOf({ seed: 2 })).phrases).not.toEqual(phrases);
    expect(storyBibleFor(briefOf({ workTitle: '另一本书' })).phrases).not.toEqual(phrases);
    expect(storyBibleFor(briefOf({ goal: { genre: '科幻' } })).phrases).not.toEqual(phrases);
  });

  it('keeps its cast when the work is renamed in the middle', () => {
    const outline = compose(briefOf({ taskType: 'outline', chapterIndex: null }));
    const earlier = [{ taskType: 'outline' as const, chapterIndex: null, title: '大纲', text: outline }];
    const renamed = storyBibleFor(briefOf({ workTitle: '新的名字', earlier }));
    expect(renamed.phrases).toEqual(storyBibleFor(briefOf()).phrases);
  });

  it('names the main character as the requirement does', () => {
    const hero = (requirement: string, language: 'zh' | 'en' = 'zh'): unknown =>
      storyBibleFor(briefOf({ language, goal: { requirement } })).phrases['hero'];
    expect(hero('主角叫苏小满，住在海边。')).toBe('苏小满');
    expect(hero('The protagonist is a sailor named Imogen.', 'en')).toBe('Imogen');
  });

  it('finds the genre in the genre, the style or the requirement', () => {
    const townsOf = (goal: Record<string, string>): readonly string[] =>
      storyBibleFor(briefOf({ goal })).setting.towns;
    const scifi = townsOf({ genre: '硬科幻' });
    expect(townsOf({ style: '科幻风' })).toEqual(scifi);
    expect(townsOf({ requirement: '发生在太空里' })).toEqual(scifi);
    expect(townsOf({ genre: '家常' })).not.toEqual(scifi);
  });

  it('leads each chapter to another place', () => {
    const { chapters } = storyBibleFor(briefOf({ chapterCount: 13 }));
    for (const { isLast, nextPlace, place } of chapters) {
      expect(nextPlace === place).toBe(isLast);
    }
  });

  it('gives every chapter a title of its own, however many there are', () => {
    const titles = storyBibleFor(briefOf({ chapterCount: 200 })).chapters.map(({ title }) => title);
    expect(new Set(titles).size).toBe(200);
  });
});
