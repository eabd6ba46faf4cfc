import { storyLanguage } from './story-language';

describe('goalWording', () => {
  it('counts chapters as each language does', () => {
    const extents = (language: 'zh' | 'en') => [1, 12].map(storyLanguage(language).wording.extent);

    expect(extents('zh')).toEqual(['**篇幅**：共一章', '**篇幅**：共十二章']);
    expect(extents('en')).toEqual(['**Length**: one chapter', '**Length**: 12 chapters']);
  });

  it('numbers chapters, and titles that are used again, as each language does', () => {
    const titles = (language: 'zh' | 'en') => {
      const { chapterTitle, titleAgain } = storyLanguage(language).wording;
      return chapterTitle(14, titleAgain('X', 4));
    };

    expect(titles('zh')).toBe('第十四章　X（四）');
    expect(titles('en')).toBe('Chapter 14 — X (IV)');
  });

  it('takes titles with the signs of a template as they are', () => {
    const { chapterTitle } = storyLanguage('en').wording;

    expect(chapterTitle(1, 'The #number# of $& #title#')).toBe('Chapter 1 — The #number# of $& #title#');
  });
});
