import { createSigner, type SignerOptions } from 'fast-jwt';
import { createTokenVerifier } from '../http/auth/token-verifier';

const SECRET = 'a-secret-that-is-long-enough-for-HS256';
const HOUR_MS = 3_600_000;

/** Takes the tokens that `tokenOf` makes. */
export const TOKENS = createTokenVerifier(SECRET);

/** A token that signs an owner in for an hour, or as the options say. */
export function tokenOf(owner: string, options: Partial<SignerOptions & { key: string }> = {}): string {
  return createSigner({ key: SECRET, algorithm: 'HS256', expiresIn: HOUR_MS, ...options })({ sub: owner });
}
