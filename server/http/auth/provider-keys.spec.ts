import { createHmac } from 'node:crypto';
import type { RequestListener } from 'node:http';
import { ServiceError } from '../../domain/service-error';
import type { TokenVerifier } from '../../realtime/socket-authentication';
import { AUDIENCE, IdentityProvider, ISSUER } from '../../testing/identity-provider';
import { RecordedLog } from '../../testing/recorded-log';
import { SECRET, tokenOf } from '../../testing/sign-in';
import { ProviderKeys } from './provider-keys';
import { createTokenVerifier } from './token-verifier';

const COOLDOWN_MS = 30_000;
const HOUR_MS = 3_600_000;
const UNAVAILABLE =
  'unavailable: The keys of the identity provider cannot be read at the moment: try again later.';
const INVALID = 'unauthenticated: The token is invalid.';

describe('tokens of an identity provider', () => {
  let provider: IdentityProvider;
  let keys: ProviderKeys;
  let log: RecordedLog;
  let verifier: TokenVerifier;

  beforeEach(async () => {
    jasmine.clock().install().mockDate(new Date());
    provider = await IdentityProvider.open();
    log = new RecordedLog();
    keys = new ProviderKeys(provider.url, log);
    verifier = createTokenVerifier({ secrets: [], provider: { keys, issuer: ISSUER, audience: AUDIENCE } });
    await provider.addKey('one');
  });

  afterEach(async () => {
    jasmine.clock().uninstall();
    keys.close();
    await provider.close();
  });

  /** The owner of a token, or why it is refused. */
  const outcomeOf = async (token: string): Promise<string> => {
    try {
      return (await verifier.verify(token)).owner;
    } catch (error) {
      return error instanceof ServiceError ? `${error.code}: ${error.message}` : String(error);
    }
  };

  for (const algorithm of ['RS256', 'PS384', 'ES512', 'EdDSA']) {
    it(`are taken when they are signed with ${algorithm}`, async () => {
      await provider.addKey('two', algorithm);

      expect(await outcomeOf(await provider.tokenOf('two', {}, algorithm))).toBe('ada');
    });
  }

  it('are taken beside those of a secret', async () => {
    verifier = createTokenVerifier({
      secrets: [SECRET],
      provider: { keys, issuer: ISSUER, audience: AUDIENCE },
    });

    expect(await outcomeOf(tokenOf('grace'))).toBe('grace');
    expect(await outcomeOf(await provider.tokenOf('one'))).toBe('ada');
  });

  it('are taken for one of several audiences', async () => {
    expect(await outcomeOf(await provider.tokenOf('one', { aud: ['another', AUDIENCE] }))).toBe('ada');
  });

  for (const [what, claims, claim] of [
    ['another issuer', { iss: 'https://evil.example' }, 'iss'],
    ['no issuer', { iss: undefined }, 'iss'],
    ['another audience', { aud: 'another' }, 'aud'],
    ['no audience', { aud: undefined }, 'aud'],
    ['no expiry', { exp: undefined }, 'exp'],
  ] as const) {
    it(`are refused with ${what}`, async () => {
      expect(await outcomeOf(await provider.tokenOf('one', claims))).toBe(
        `unauthenticated: The token is invalid: its "${claim}" is missing or wrong.`,
      );
    });
  }

  it('are refused when their signature is that of another key', async () => {
    await provider.addKey('two');
    const [header] = (await provider.tokenOf('one')).split('.');
    const [, claims, signature] = (await provider.tokenOf('two')).split('.');

    expect(await outcomeOf([header, claims, signature].join('.'))).toBe(INVALID);
  });

  it('are refused when a public key was taken for a secret', async () => {
    const [, claims = ''] = (await provider.tokenOf('one')).split('.');
    const content = `${Buffer.from('{"alg":"HS256","kid":"one"}').toString('base64url')}.${claims}`;
    const signature = createHmac('sha256', JSON.stringify(provider.keys[0]))
      .update(content)
      .digest('base64url');

    expect(await outcomeOf(`${content}.${signature}`)).toBe(INVALID);
  });

  for (const kid of ['../../etc/passwd', "' OR 1=1 --", '\u0000', 'x'.repeat(1000)]) {
    it(`are refused when they name the key ${JSON.stringify(kid.slice(0, 20))}, which nobody looks for`, async () => {
      await keys.refresh();
      const [, claims, signature] = (await provider.tokenOf('one')).split('.');
      const header = Buffer.from(JSON.stringify({ alg: 'ES256', kid })).toString('base64url');

      expect(await outcomeOf([header, claims, signature].join('.'))).toBe(INVALID);
      expect(provider.requests).toBe(1);
    });
  }

  it('are taken at once when they are of a new key', async () => {
    await keys.refresh();
    await provider.addKey('two');
    jasmine.clock().tick(COOLDOWN_MS);

    expect(await outcomeOf(await provider.tokenOf('two'))).toBe('ada');
  });

  it('have the provider asked once in a while, however many name unknown keys', async () => {
    await keys.refresh();
    await provider.addKey('two');
    provider.keys.pop();
    const token = await provider.tokenOf('two');
    await Promise.all(Array.from({ length: 20 }, () => outcomeOf(token)));
    jasmine.clock().tick(COOLDOWN_MS);
    await Promise.all(Array.from({ length: 20 }, () => outcomeOf(token)));
    await outcomeOf(token);

    expect(provider.requests).toBe(2);
  });

  it('are no longer taken within ten minutes after their key was taken back', async () => {
    await keys.refresh();
    const token = await provider.tokenOf('one', { exp: Math.floor(Date.now() / 1000) + 86_400 });
    provider.keys.pop();
    const asked = provider.requests;
    await provider.addKey('two');
    const refreshed = spyOn(keys, 'refresh').and.callThrough();
    jasmine.clock().tick(600_000);
    await refreshed.calls.mostRecent().returnValue;

    expect(provider.requests).toBe(asked + 1);
    expect(await outcomeOf(token)).toBe(INVALID);
  });

  const broken: Record<string, RequestListener> = {
    'answers with an error': (_request, response) => response.writeHead(500).end(),
    'leads elsewhere': (_request, response) => response.writeHead(302, { location: provider.url }).end(),
    'answers with a page': (_request, response) => response.end('<html>'),
    'answers with something else': (_request, response) => response.end('{"keys":{}}'),
    'answers without an end': (_request, response) => {
      const more = (): void => {
        while (!response.destroyed && response.write(' '.repeat(65_536)));
      };
      response.on('drain', more);
      more();
    },
  };
  for (const [what, answer] of Object.entries(broken)) {
    it(`are refused as unavailable, and asked about once, while the provider ${what}`, async () => {
      provider.answer = answer;
      const token = await provider.tokenOf('one');

      expect(await outcomeOf(token)).toBe(UNAVAILABLE);
      expect(await outcomeOf(token)).toBe(UNAVAILABLE);
      expect(provider.requests).toBe(1);
      expect(keys.warnings).toEqual([jasmine.stringMatching(/AUTH_JWKS_URL/)]);
      expect(log.lines).toHaveSize(1);
    });
  }

  it('of known keys are taken while the provider is away, and refused when it stays away for a day', async () => {
    await keys.refresh();
    await provider.close();
    jasmine.clock().tick(23 * HOUR_MS);
    const known = await outcomeOf(await provider.tokenOf('one'));
    jasmine.clock().tick(2 * HOUR_MS);

    expect(known).toBe('ada');
    expect(await outcomeOf(await provider.tokenOf('one'))).toBe(UNAVAILABLE);
  });

  it('of unknown keys are refused as unavailable while the provider is away', async () => {
    await keys.refresh();
    await provider.addKey('two');
    await provider.close();
    jasmine.clock().tick(COOLDOWN_MS);

    expect(await outcomeOf(await provider.tokenOf('two'))).toBe(UNAVAILABLE);
  });

  it('are taken, and the warning ends, once the provider is back', async () => {
    provider.answer = (_request, response) => response.writeHead(503).end();
    await keys.refresh();
    provider.answer = undefined;
    jasmine.clock().tick(COOLDOWN_MS);

    expect(await outcomeOf(await provider.tokenOf('one'))).toBe('ada');
    expect(keys.warnings).toEqual([]);
  });
});
