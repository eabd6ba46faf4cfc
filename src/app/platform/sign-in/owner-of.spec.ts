import { ownerOf } from './owner-of';
import { aToken } from './testing/a-token';

describe('ownerOf', () => {
  it('is the subject of the token', () => {
    expect(ownerOf(aToken('ada'))).toBe('ada');
  });

  it('may be written in any script', () => {
    expect(ownerOf(aToken('曹雪芹'))).toBe('曹雪芹');
  });

  for (const token of ['', 'opaque', 'a.b.c', `a.${btoa('null')}.c`, `a.${btoa('{"sub":7}')}.c`]) {
    it(`is not known of "${token}"`, () => {
      expect(ownerOf(token)).toBeNull();
    });
  }
});
