import { languageOf } from './language-of';

describe('languageOf', () => {
  it('takes the language the goal names', () => {
    expect(languageOf({ title: '灯塔', goal: { language: 'en' } })).toBe('en');
  });

  it('takes Chinese for a title with Chinese characters', () => {
    expect(languageOf({ title: 'Project 灯塔', goal: {} })).toBe('zh');
  });

  it('takes English otherwise', () => {
    expect(languageOf({ title: 'Das Leuchtfeuer', goal: {} })).toBe('en');
  });
});
