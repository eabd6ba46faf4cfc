import { jwtExpiry } from './jwt-expiry';

function jwt(claims: unknown): string {
  const payload = btoa(String.fromCharCode(...new TextEncoder().encode(JSON.stringify(claims))));
  return `e30.${payload.replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '')}.signature`;
}

describe('jwtExpiry', () => {
  it('reads exp, which is in seconds', () => {
    expect(jwtExpiry(jwt({ exp: 1_700_000_000 }))).toBe(1_700_000_000_000);
  });

  it('reads a payload with letters beyond ASCII', () => {
    expect(jwtExpiry(jwt({ name: '作者 ÿ', exp: 5 }))).toBe(5_000);
  });

  for (const [what, token] of [
    ['an opaque token', 'a7f3c9'],
    ['an empty payload', 'a..c'],
    ['a payload that is not base64', 'a.%%.c'],
    ['a payload that is not JSON', `a.${btoa('{')}.c`],
    ['a payload without exp', jwt({ sub: 'someone' })],
    ['an exp that is no number', jwt({ exp: 'tomorrow' })],
    ['a payload that is null', jwt(null)],
  ] as const) {
    it(`knows nothing of ${what}`, () => {
      expect(jwtExpiry(token)).toBeNull();
    });
  }
});
