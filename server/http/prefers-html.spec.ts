import { prefersHtml } from './prefers-html';

describe('prefersHtml', () => {
  for (const accept of [
    'text/html',
    'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8',
    'application/json;q=0.5, TEXT/HTML;q=0.8',
    'text/html;charset=utf-8;q=1',
  ]) {
    it(`is so for ${accept}`, () => {
      expect(prefersHtml(accept)).toBeTrue();
    });
  }

  for (const accept of [
    undefined,
    '',
    '*/*',
    'text/*',
    'application/json, text/plain, */*',
    'application/json, text/html;q=0.9',
    'text/html;q=0',
    'text/html;q=nonsense',
  ]) {
    it(`is not so for ${String(accept)}`, () => {
      expect(prefersHtml(accept)).toBeFalse();
    });
  }
});
