import { signInFrom } from './sign-in';
import { StartupError } from './startup-error';

const SECRET = 'a-secret-that-is-long-enough-for-HS256';
const OLD_SECRET = 'the-secret-before-that-is-long-enough-too';
const PROVIDER = {
  AUTH_JWKS_URL: 'https://id.example/realms/novels/certs',
  AUTH_ISSUER: 'https://id.example/realms/novels',
  AUTH_AUDIENCE: 'novels',
};

describe('signInFrom', () => {
  const read = (variables: Readonly<Record<string, string>>) => signInFrom((name) => variables[name]);
  const refusalOf = (variables: Readonly<Record<string, string>>): string => {
    try {
      read(variables);
    } catch (error) {
      return error instanceof StartupError ? error.message : String(error);
    }
    return 'it was accepted';
  };

  it('is no sign-in without any of its variables', () => {
    expect(read({})).toBeUndefined();
  });

  it('takes two secrets, the new one first', () => {
    expect(read({ AUTH_SECRET: `${SECRET}, ${OLD_SECRET}` })?.secrets).toEqual([SECRET, OLD_SECRET]);
  });

  it('takes a provider, alone or beside a secret', () => {
    const provider = {
      jwksUrl: PROVIDER.AUTH_JWKS_URL,
      issuer: PROVIDER.AUTH_ISSUER,
      audience: PROVIDER.AUTH_AUDIENCE,
    };

    expect(read(PROVIDER)).toEqual({ secrets: [], provider });
    expect(read({ ...PROVIDER, AUTH_SECRET: SECRET })).toEqual({ secrets: [SECRET], provider });
  });

  it('takes a provider without TLS on this machine', () => {
    const url = 'http://127.0.0.1:8080/certs';

    expect(read({ ...PROVIDER, AUTH_JWKS_URL: url })?.provider?.jwksUrl).toBe(url);
  });

  for (const name of ['AUTH_JWKS_URL', 'AUTH_ISSUER', 'AUTH_AUDIENCE'] as const) {
    it(`refuses a provider without ${name}, and names it`, () => {
      const { [name]: _missing, ...others } = PROVIDER;

      expect(refusalOf(others)).toMatch(new RegExp(`^${name} must be set, too`));
    });
  }

  it('names all that is missing', () => {
    expect(refusalOf({ AUTH_ISSUER: PROVIDER.AUTH_ISSUER })).toMatch(/^AUTH_JWKS_URL and AUTH_AUDIENCE must/);
  });

  for (const url of [
    'http://id.example/certs',
    'https://user:pass@id.example/certs',
    'file:///keys',
    'certs',
  ]) {
    it(`refuses keys from ${url}`, () => {
      expect(refusalOf({ ...PROVIDER, AUTH_JWKS_URL: url })).toMatch(/^AUTH_JWKS_URL must be an https URL/);
    });
  }

  for (const [what, secret, complaint] of [
    ['a secret that can be guessed', SECRET.slice(0, 31), /^AUTH_SECRET has 31 characters/],
    ['an old secret that can be guessed', `${SECRET},old`, /^AUTH_SECRET has 3 characters/],
    ['a comma without a secret', `${SECRET},`, /^AUTH_SECRET has 0 characters/],
    ['three secrets', [SECRET, OLD_SECRET, SECRET].join(), /^AUTH_SECRET has 3 secrets/],
  ] as const) {
    it(`refuses ${what}, without showing it`, () => {
      expect(refusalOf({ AUTH_SECRET: secret })).toMatch(complaint);
      expect(refusalOf({ AUTH_SECRET: secret })).not.toContain(SECRET.slice(0, 10));
    });
  }
});
