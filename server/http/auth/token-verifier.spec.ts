import { createHmac } from 'node:crypto';
import { createSigner, type SignerOptions } from 'fast-jwt';
import { ServiceError } from '../../domain/service-error';
import { createTokenVerifier } from './token-verifier';

const SECRET = 'a-secret-that-is-long-enough-for-HS256';
const HOUR_MS = 3_600_000;

const sign = (claims: object, options: Partial<SignerOptions & { key: string }> = {}) =>
  createSigner({ key: SECRET, algorithm: 'HS256', expiresIn: HOUR_MS, ...options })({ ...claims });

describe('a token verifier', () => {
  const verifier = createTokenVerifier(SECRET);
  const refusalOf = (token: string | undefined): string => {
    try {
      verifier.verify(token);
    } catch (error) {
      return error instanceof ServiceError ? `${error.code}: ${error.message}` : String(error);
    }
    return 'it was accepted';
  };

  const [header = '', claims = '', signature = ''] = sign({ sub: 'ada' }).split('.');

  it('tells the owner, and until when the token is valid', () => {
    const expiresAt = (Math.floor(Date.now() / 1000) + 60) * 1000;

    expect(verifier.verify(sign({ sub: 'ada', exp: expiresAt / 1000 }, { expiresIn: undefined }))).toEqual({
      owner: 'ada',
      expiresAt,
    });
  });

  for (const exp of ['1e300', '1e306', '1e999']) {
    it(`takes an exp of ${exp} for the last date there is`, () => {
      const lasting = Buffer.from(`{"sub":"ada","exp":${exp}}`).toString('base64url');
      const unsigned = `${header}.${lasting}`;
      const signed = createHmac('sha256', SECRET).update(unsigned).digest('base64url');

      expect(verifier.verify(`${unsigned}.${signed}`).expiresAt).toBe(8.64e15);
    });
  }

  it('takes a subject of 100 characters', () => {
    expect(verifier.verify(sign({ sub: '诗'.repeat(100) })).owner).toHaveSize(100);
  });

  it('takes a subject with characters of two halves', () => {
    expect(verifier.verify(sign({ sub: 'ada 😀' })).owner).toBe('ada 😀');
  });

  for (const token of [undefined, '']) {
    it(`says that there is no token for ${JSON.stringify(token)}`, () => {
      expect(refusalOf(token)).toBe('unauthenticated: There is no token.');
    });
  }

  it('says that a token has expired', () => {
    const token = sign({ sub: 'ada', exp: Math.floor(Date.now() / 1000) - 1 }, { expiresIn: undefined });

    expect(refusalOf(token)).toBe('unauthenticated: The token has expired.');
  });

  const json = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const invalid: Record<string, string> = {
    'is no JSON Web Token': 'a-password',
    'was signed with another secret': sign({ sub: 'ada' }, { key: SECRET.toUpperCase() }),
    'was signed by another algorithm': sign({ sub: 'ada' }, { algorithm: 'HS512' }),
    'was not signed': `${json({ alg: 'none', typ: 'JWT' })}.${claims}.`,
    'has lost its signature': `${header}.${claims}.`,
    'was changed after it was signed': `${header}.${json({ sub: 'eve', exp: 9e9 })}.${signature}`,
    'never expires': sign({ sub: 'ada' }, { expiresIn: undefined }),
    'is not valid yet': sign({ sub: 'ada' }, { notBefore: HOUR_MS }),
    'has no subject': sign({}),
    'has an empty subject': sign({ sub: '' }),
    'has a subject of 101 characters': sign({ sub: 'x'.repeat(101) }),
    'has a subject with the first half of a character': sign({ sub: 'al\ud83d' }),
    'has a subject with the second half of a character': sign({ sub: '\ude00al' }),
    'has a subject with a NUL': sign({ sub: 'al\u0000x' }),
    'has a subject with a line feed': sign({ sub: 'al\nx' }),
    'has a subject with a control character beyond ASCII': sign({ sub: 'al\u0085x' }),
  };
  for (const [what, token] of Object.entries(invalid)) {
    it(`refuses a token that ${what}, without repeating it`, () => {
      expect(refusalOf(token)).toBe('unauthenticated: The token is invalid.');
    });
  }
});
