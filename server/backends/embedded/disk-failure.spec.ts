import { diskFailureOf } from './disk-failure';

describe('What is said of a disk', () => {
  const failing = (code: string): Error => Object.assign(new Error('/var/lib/novels'), { code });

  for (const [code, said] of [
    ['ENOSPC', /^The disk is full/],
    ['SQLITE_FULL', /^The disk is full/],
    ['EDQUOT', /quota .* is used up/],
    ['EFBIG', /ulimit -f/],
    ['EROFS', /can only be read/],
    ['SQLITE_READONLY_DBMOVED', /can only be read/],
    ['EACCES', /may not read and write there/],
    ['EPERM', /may not read and write there/],
    ['EMFILE', /ulimit -n/],
    ['ENOTDIR', /in the place of a directory/],
    ['EIO', /I\/O error/],
    ['SQLITE_IOERR_WRITE', /I\/O error/],
    ['SQLITE_BUSY', /Another program/],
  ] as const) {
    it(`is true for ${code}`, () => {
      expect(diskFailureOf(failing(code))).toMatch(said);
    });
  }

  it('is nothing for a damaged database, and for an error without a code', () => {
    expect([failing('SQLITE_CORRUPT'), failing('SQLITE_NOTADB'), new Error('?')].map(diskFailureOf)).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });
});
