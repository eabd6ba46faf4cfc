import { attachmentName } from './attachment-name';

describe('attachmentName', () => {
  const cases: readonly (readonly [string | null, string | null])[] = [
    [null, null],
    ['attachment', null],
    ['attachment; filename=work.txt', 'work.txt'],
    ['attachment; filename="my work.txt"', 'my work.txt'],
    ['attachment; filename="a \\"b\\".txt"', 'a "b".txt'],
    [`attachment; filename="x.txt"; filename*=UTF-8''%E6%98%9F%E6%B5%B7.txt`, '星海.txt'],
    [`attachment; filename="x.txt"; filename*=UTF-8''%E6`, 'x.txt'],
    ['attachment; filename="../../etc/passwd"', 'passwd'],
  ];
  for (const [header, name] of cases) {
    it(`finds ${name ?? 'nothing'} in ${header ?? 'no header'}`, () => {
      expect(attachmentName(header)).toBe(name);
    });
  }
});
