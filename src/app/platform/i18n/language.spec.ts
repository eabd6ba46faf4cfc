import { preferredLanguage } from './language';

describe('preferredLanguage', () => {
  it('is the one chosen before', () => {
    expect(preferredLanguage('en', 'zh', ['zh-CN'])).toBe('en');
  });

  it('is the configured one when none was chosen', () => {
    expect(preferredLanguage(null, 'zh', ['en-US'])).toBe('zh');
  });

  it('is the first of the browser that the application speaks', () => {
    expect(preferredLanguage(null, undefined, ['fr-FR', 'en-GB', 'zh-CN'])).toBe('en');
  });

  for (const tag of ['zh', 'zh-CN', 'zh-Hant-TW', 'ZH_hk']) {
    it(`takes ${tag} for Chinese`, () => {
      expect(preferredLanguage(null, undefined, [tag])).toBe('zh');
    });
  }

  it('is English when the browser speaks neither', () => {
    expect(preferredLanguage(null, undefined, ['fr-FR'])).toBe('en');
  });
});
