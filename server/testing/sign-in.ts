import { createHmac } from 'node:crypto';
import { createTokenVerifier } from '../http/auth/token-verifier';

export const SECRET = 'a-secret-that-is-long-enough-for-HS256';
const HOUR_MS = 3_600_000;

const HASHES = { HS256: 'sha256', HS512: 'sha512' } as const;

/** How a token is signed. */
interface Signature {
  /** @default the secret of `TOKENS` */
  readonly key?: string;
  /** @default HS256 */
  readonly algorithm?: keyof typeof HASHES;
}

/** Takes the tokens that `tokenOf` makes. */
export const TOKENS = createTokenVerifier({ secrets: [SECRET] });

/** @param claims as an object, or as the JSON that is signed */
export function signed(
  claims: object | string,
  { key = SECRET, algorithm = 'HS256' }: Signature = {},
): string {
  const content = [{ alg: algorithm, typ: 'JWT' }, claims]
    .map((part) => (typeof part === 'string' ? part : JSON.stringify(part)))
    .map((part) => Buffer.from(part).toString('base64url'))
    .join('.');
  return `${content}.${createHmac(HASHES[algorithm], key).update(content).digest('base64url')}`;
}

/** A token that signs an owner in. @param options `expiresIn` in ms @default for an hour */
export function tokenOf(
  owner: string,
  { expiresIn = HOUR_MS, ...signature }: Signature & { readonly expiresIn?: number } = {},
): string {
  return signed({ sub: owner, exp: Math.floor((Date.now() + expiresIn) / 1000) }, signature);
}
