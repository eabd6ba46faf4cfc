import { ServiceError } from '../../domain/service-error';
import type { TokenVerifier } from '../../realtime/socket-authentication';
import { SECRET, signed, TOKENS, tokenOf } from '../../testing/sign-in';
import { createTokenVerifier } from './token-verifier';

const OLD_SECRET = 'the-secret-before-that-is-long-enough-too';
const now = (): number => Math.floor(Date.now() / 1000);

describe('a token verifier', () => {
  const refusalOf = async (token: string | undefined, verifier: TokenVerifier = TOKENS): Promise<string> => {
    try {
      await verifier.verify(token);
    } catch (error) {
      return error instanceof ServiceError ? `${error.code}: ${error.message}` : String(error);
    }
    return 'it was accepted';
  };

  const [header = '', claims = '', signature = ''] = tokenOf('ada').split('.');

  it('tells the owner, and until when the token is valid', async () => {
    const exp = now() + 60;

    expect(await TOKENS.verify(signed({ sub: 'ada', exp }))).toEqual({ owner: 'ada', expiresAt: exp * 1000 });
  });

  it('takes an exp that is the last date there is', async () => {
    expect((await TOKENS.verify(signed({ sub: 'ada', exp: 8.64e12 }))).expiresAt).toBe(8.64e15);
  });

  it('takes a subject of 100 characters', async () => {
    expect((await TOKENS.verify(tokenOf('诗'.repeat(100)))).owner).toHaveSize(100);
  });

  it('takes a subject with characters of two halves', async () => {
    expect((await TOKENS.verify(tokenOf('ada 😀'))).owner).toBe('ada 😀');
  });

  it('takes a token that was made a moment ago by a clock that is ahead', async () => {
    const token = signed({ sub: 'ada', iat: now() + 3, nbf: now() + 3, exp: now() + 60 });

    expect((await TOKENS.verify(token)).owner).toBe('ada');
  });

  for (const [which, key] of [
    ['new', SECRET],
    ['old', OLD_SECRET],
  ] as const) {
    it(`takes tokens of the ${which} one of two secrets`, async () => {
      const verifier = createTokenVerifier({ secrets: [SECRET, OLD_SECRET] });

      expect((await verifier.verify(tokenOf('ada', { key }))).owner).toBe('ada');
    });
  }

  it('says that a token of the old secret has expired, not that it is invalid', async () => {
    const verifier = createTokenVerifier({ secrets: [SECRET, OLD_SECRET] });
    const token = tokenOf('ada', { key: OLD_SECRET, expiresIn: -60_000 });

    expect(await refusalOf(token, verifier)).toBe('unauthenticated: The token has expired.');
  });

  for (const token of [undefined, '']) {
    it(`says that there is no token for ${JSON.stringify(token)}`, async () => {
      expect(await refusalOf(token)).toBe('unauthenticated: There is no token.');
    });
  }

  it('says that a token has expired, be it a second ago', async () => {
    const token = tokenOf('ada', { expiresIn: -1000 });

    expect(await refusalOf(token)).toBe('unauthenticated: The token has expired.');
  });

  const exp = 9e9;
  const json = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const crit = `${json({ alg: 'HS256', crit: ['b64'], b64: true })}.${claims}`;
  const notBelieved: Record<string, string> = {
    'is no JSON Web Token': 'a-password',
    'has a header that is no JSON': `e30x.${claims}.${signature}`,
    'was signed with another secret': tokenOf('ada', { key: SECRET.toUpperCase() }),
    'was signed by another algorithm': tokenOf('ada', { algorithm: 'HS512' }),
    'was not signed': `${json({ alg: 'none', typ: 'JWT' })}.${claims}.`,
    'has lost its signature': `${header}.${claims}.`,
    'was changed after it was signed': `${header}.${json({ sub: 'eve', exp })}.${signature}`,
    'must not be taken without an extension': `${crit}.${signature}`,
    'names a key of a provider, where there is none': `${json({ alg: 'RS256', kid: 'a' })}.${claims}.${signature}`,
  };
  for (const [what, token] of Object.entries(notBelieved)) {
    it(`refuses a token that ${what}, without repeating it`, async () => {
      expect(await refusalOf(token)).toBe('unauthenticated: The token is invalid.');
    });
  }

  const wrongClaims: Record<string, [claim: string, claims: object | string]> = {
    'never expires': ['exp', { sub: 'ada' }],
    'expires on a day as a text': ['exp', { sub: 'ada', exp: '2099-01-01' }],
    'expires after the last date there is': ['exp', { sub: 'ada', exp: 1e308 }],
    'expires at a number that JSON has no word for': ['exp', '{"sub":"ada","exp":1e999}'],
    'is not valid yet': ['nbf', { sub: 'ada', exp, nbf: now() + 3600 }],
    'has no subject': ['sub', { exp }],
    'has an empty subject': ['sub', { sub: '', exp }],
    'has a number as its subject': ['sub', { sub: 7, exp }],
    'has a subject of 101 characters': ['sub', { sub: 'x'.repeat(101), exp }],
    'has a subject with the first half of a character': ['sub', { sub: 'al\ud83d', exp }],
    'has a subject with the second half of a character': ['sub', { sub: '\ude00al', exp }],
    'has a subject with a NUL': ['sub', { sub: 'al\u0000x', exp }],
    'has a subject with a line feed': ['sub', { sub: 'al\nx', exp }],
    'has a subject with a control character beyond ASCII': ['sub', { sub: 'al\u0085x', exp }],
  };
  for (const [what, [claim, content]] of Object.entries(wrongClaims)) {
    it(`refuses a token that ${what}, and names the claim`, async () => {
      expect(await refusalOf(signed(content))).toBe(
        `unauthenticated: The token is invalid: its "${claim}" is missing or wrong.`,
      );
    });
  }
});
