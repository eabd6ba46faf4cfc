import { attachmentNamed } from './attachment-name';

describe('attachmentNamed', () => {
  for (const [title, expected] of [
    ['The Sea', `attachment; filename="The Sea.md"; filename*=UTF-8''The%20Sea.md`],
    ['星海', `attachment; filename="__.md"; filename*=UTF-8''%E6%98%9F%E6%B5%B7.md`],
    ['../../etc/passwd', `attachment; filename="etc passwd.md"; filename*=UTF-8''etc%20passwd.md`],
    [
      'a"b\r\nX-Evil: 1',
      `attachment; filename="a b X-Evil  1.md"; filename*=UTF-8''a%20b%20X-Evil%20%201.md`,
    ],
    ["Don't (50%*)", `attachment; filename="Don't (50_ ).md"; filename*=UTF-8''Don%27t%20%2850%25%20%29.md`],
    ['???', `attachment; filename="creative-autogpt.md"; filename*=UTF-8''creative-autogpt.md`],
    ['story\u202egpj', `attachment; filename="story gpj.md"; filename*=UTF-8''story%20gpj.md`],
    ['a\ud800b', `attachment; filename="a b.md"; filename*=UTF-8''a%20b.md`],
  ] as const) {
    it(`names the file of ${JSON.stringify(title)}`, () => {
      expect(attachmentNamed(title, 'md')).toBe(expected);
    });
  }
});
