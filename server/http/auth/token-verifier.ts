import { decodeProtectedHeader, errors, jwtVerify, type JWTPayload, type JWTVerifyOptions } from 'jose';
import * as v from 'valibot';
import { ServiceError } from '../../domain/service-error';
import type { TokenVerifier } from '../../realtime/socket-authentication';
import { MAX_OWNER_LENGTH } from './owner';
import type { ProviderKeys } from './provider-keys';

const MS_PER_SECOND = 1000;

/** The last point in time (s since the epoch) that there is a date for. */
const LATEST_S = 8.64e12;

/** How far (s) the clock of the issuer may be ahead of ours: a token is often shown at the moment it is made. */
const CLOCK_TOLERANCE_S = 5;

const ASYMMETRIC = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA'];

/** An identity provider whose tokens are taken. */
export interface TrustedProvider {
  readonly keys: Pick<ProviderKeys, 'keyOf'>;
  /** The `iss` of its tokens. */
  readonly issuer: string;
  /** What their `aud` must name: tokens for other applications are not for this one. */
  readonly audience: string;
}

/** Whose tokens are taken. */
export interface TokenSources {
  /** Each of them may have signed a token (HS256). */
  readonly secrets: readonly string[];
  readonly provider?: TrustedProvider | undefined;
}

/** The token in an `Authorization` header (RFC 6750), undefined where there is none. */
export function bearerToken(authorization: string | undefined): string | undefined {
  return /^Bearer +([^\s,]+) *$/i.exec(authorization ?? '')?.[1];
}

/**
 * Control characters and lone surrogates: stores cannot tell names apart by them, or cannot keep them at all.
 */
const NOT_IN_A_NAME = /[\p{Control}\p{Surrogate}]/u;

const Claims = v.object({
  sub: v.pipe(
    v.string(),
    v.minLength(1),
    v.maxLength(MAX_OWNER_LENGTH),
    v.check((name) => !NOT_IN_A_NAME.test(name)),
  ),
  exp: v.pipe(v.number(), v.maxValue(LATEST_S)),
});

/**
 * Verifies JSON Web Tokens (RFC 7519). Its refusals are `ServiceError`s, `unauthenticated`, or `unavailable`
 * where the provider cannot be asked. They say what is wrong, and never the token.
 */
export function createTokenVerifier({ secrets, provider }: TokenSources): TokenVerifier {
  const secretKeys = secrets.map((secret) => new TextEncoder().encode(secret));
  return {
    verify: async (token) => {
      if (token === undefined || token === '') {
        throw new ServiceError('unauthenticated', 'There is no token.');
      }
      const signed = await explained(() => verifySignature(token, secretKeys, provider));
      const claims = v.safeParse(Claims, signed);
      if (!claims.success) {
        throw invalidToken(v.getDotPath(claims.issues[0]));
      }
      const { sub, exp } = claims.output;
      const expiresAt = Math.floor(exp * MS_PER_SECOND);
      if (expiresAt <= Date.now()) {
        throw expiredToken();
      }
      return { owner: sub, expiresAt };
    },
  };
}

/**
 * The algorithms are those of the keys. What a token asks for decides by which keys it is verified alone: it
 * could ask for none, or for one that takes a public key for a secret.
 */
async function verifySignature(
  token: string,
  secretKeys: readonly Uint8Array[],
  provider: TrustedProvider | undefined,
): Promise<JWTPayload> {
  const options: JWTVerifyOptions = {
    requiredClaims: ['sub', 'exp'],
    clockTolerance: CLOCK_TOLERANCE_S,
  };
  if (provider !== undefined && ASYMMETRIC.includes(decodeProtectedHeader(token).alg ?? '')) {
    const { issuer, audience, keys } = provider;
    return (await jwtVerify(token, keys.keyOf, { ...options, issuer, audience, algorithms: ASYMMETRIC }))
      .payload;
  }
  let wrongSecret: unknown = invalidToken();
  for (const key of secretKeys) {
    try {
      return (await jwtVerify(token, key, { ...options, algorithms: ['HS256'] })).payload;
    } catch (error) {
      if (!(error instanceof errors.JWSSignatureVerificationFailed)) {
        throw error;
      }
      wrongSecret = error;
    }
  }
  throw wrongSecret;
}

async function explained(verified: () => Promise<JWTPayload>): Promise<JWTPayload> {
  try {
    return await verified();
  } catch (error) {
    if (error instanceof ServiceError) {
      throw error;
    }
    if (error instanceof errors.JWTExpired) {
      throw expiredToken();
    }
    throw invalidToken(error instanceof errors.JWTClaimValidationFailed ? error.claim : undefined);
  }
}

function expiredToken(): ServiceError {
  return new ServiceError('unauthenticated', 'The token has expired.');
}

/** @param claim that is missing or wrong; without it, the token cannot be believed at all */
function invalidToken(claim?: string | null): ServiceError {
  const reason = typeof claim === 'string' ? `: its "${claim}" is missing or wrong` : '';
  return new ServiceError('unauthenticated', `The token is invalid${reason}.`);
}
