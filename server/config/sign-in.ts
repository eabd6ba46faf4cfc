import { isLoopbackHost } from '../http/allowed-host';
import { StartupError } from './startup-error';

/** Shortest secret (characters); below it, whoever has a token can find the secret by trying. */
const SHORTEST_SECRET = 32;

/** The one that signs, and the one before it. */
const MOST_SECRETS = 2;

/** An identity provider that signs people in. */
export interface ProviderSettings {
  /** Where its public keys are (JWKS). */
  readonly jwksUrl: string;
  /** The `iss` of its tokens. */
  readonly issuer: string;
  /** What the `aud` of its tokens names. */
  readonly audience: string;
}

/** Whose tokens sign people in: at least one of the two. */
export interface SignIn {
  /** Each may have signed a token; the first signs new ones. Empty for none. */
  readonly secrets: readonly string[];
  readonly provider: ProviderSettings | undefined;
}

/**
 * Secret and provider may both be set: whoever moves from one to the other signs nobody out, and programs may
 * have tokens of the secret where people have those of the provider.
 *
 * @returns undefined for no sign-in
 * @throws StartupError that never shows a secret
 */
export function signInFrom(read: (name: string) => string | undefined): SignIn | undefined {
  const secrets = secretsFrom(read('AUTH_SECRET'));
  const provider = providerFrom(read);
  return secrets.length === 0 && provider === undefined ? undefined : { secrets, provider };
}

function secretsFrom(value: string | undefined): readonly string[] {
  const secrets = value?.split(',').map((secret) => secret.trim()) ?? [];
  if (secrets.length > MOST_SECRETS) {
    throw new StartupError(
      `AUTH_SECRET has ${secrets.length} secrets; it must have one, or the new and the old one separated by a comma.`,
    );
  }
  for (const { length } of secrets) {
    if (length < SHORTEST_SECRET) {
      throw new StartupError(
        `AUTH_SECRET has ${length} characters; it must have at least ${SHORTEST_SECRET}, from a generator, without a comma in them.`,
      );
    }
  }
  return secrets;
}

function providerFrom(read: (name: string) => string | undefined): ProviderSettings | undefined {
  const [jwksUrl, issuer, audience] = [read('AUTH_JWKS_URL'), read('AUTH_ISSUER'), read('AUTH_AUDIENCE')];
  if (jwksUrl === undefined && issuer === undefined && audience === undefined) {
    return undefined;
  }
  if (jwksUrl === undefined || issuer === undefined || audience === undefined) {
    const missing = Object.entries({ AUTH_JWKS_URL: jwksUrl, AUTH_ISSUER: issuer, AUTH_AUDIENCE: audience })
      .filter(([, value]) => value === undefined)
      .map(([name]) => name);
    throw new StartupError(
      `${missing.join(' and ')} must be set, too: an identity provider takes AUTH_JWKS_URL, AUTH_ISSUER and AUTH_AUDIENCE.`,
    );
  }
  if (!isSafe(jwksUrl)) {
    throw new StartupError(
      'AUTH_JWKS_URL must be an https URL without a password, such as https://id.example/.well-known/jwks.json; http for this machine only.',
    );
  }
  return { jwksUrl, issuer, audience };
}

/** Who can change the keys on their way can sign in as anybody. */
function isSafe(value: string): boolean {
  if (!URL.canParse(value)) {
    return false;
  }
  const { protocol, hostname, username, password } = new URL(value);
  const isPrivate = protocol === 'https:' || (protocol === 'http:' && isLoopbackHost(hostname));
  return isPrivate && username === '' && password === '';
}
