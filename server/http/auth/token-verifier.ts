import { createVerifier, TokenError } from 'fast-jwt';
import * as v from 'valibot';
import { ServiceError } from '../../domain/service-error';
import { MAX_OWNER_LENGTH } from './owner';

const MS_PER_SECOND = 1000;

/** The last point in time (ms since the epoch) that there is a date for. */
const LATEST_MS = 8.64e15;

/** The claims of a token that has not expired and is signed with the secret. */
export interface VerifiedToken {
  /** 1 to 100 characters, none of them a control character or half of one. */
  readonly owner: string;
  /**
   * When it stops being valid, in milliseconds since the epoch; at the latest the last that there is a date
   * for.
   */
  readonly expiresAt: number;
}

/** Tells the owner of a token. */
export interface TokenVerifier {
  /**
   * @param token a JSON Web Token; undefined where there is none
   * @throws ServiceError `unauthenticated` that says what is wrong, and never the token
   */
  verify(token: string | undefined): VerifiedToken;
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
  exp: v.number(),
});

/** @param secret what the tokens are signed with (HS256) */
export function createTokenVerifier(secret: string): TokenVerifier {
  const verifySignature = createVerifier({
    key: secret,
    // Never what the token asks for: it could ask for none, or for one that takes the secret for a public
    // key.
    algorithms: ['HS256'],
    requiredClaims: ['sub', 'exp'],
  });
  return {
    verify: (token) => {
      if (token === undefined || token === '') {
        throw new ServiceError('unauthenticated', 'There is no token.');
      }
      const claims = v.safeParse(
        Claims,
        claimsOf(() => verifySignature(token)),
      );
      if (!claims.success) {
        throw invalidToken();
      }
      return { owner: claims.output.sub, expiresAt: Math.min(claims.output.exp * MS_PER_SECOND, LATEST_MS) };
    },
  };
}

function claimsOf(verified: () => unknown): unknown {
  try {
    return verified();
  } catch (error) {
    const isExpired = error instanceof TokenError && error.code === TokenError.codes.expired;
    throw isExpired ? new ServiceError('unauthenticated', 'The token has expired.') : invalidToken();
  }
}

function invalidToken(): ServiceError {
  return new ServiceError('unauthenticated', 'The token is invalid.');
}
