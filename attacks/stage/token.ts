import { createHmac } from 'node:crypto';

/** Value of `AUTH_SECRET` of the servers that ask for sign-in. */
export const SECRET = 'the-secret-of-the-attacked-servers-32';
const HOUR_S = 3600;

/** What a token is made of; the usual one is as the server wants it. */
export interface TokenParts {
  readonly header?: object;
  readonly claims?: object;
  readonly secret?: string;
  readonly hash?: 'sha256' | 'sha384' | 'sha512';
}

/** A token that signs an owner in for an hour, or one that should not, as its parts say. */
export function tokenFor(owner: string, parts: TokenParts = {}): string {
  const { header = { alg: 'HS256', typ: 'JWT' }, secret = SECRET, hash = 'sha256' } = parts;
  const claims = parts.claims ?? { sub: owner, exp: Math.floor(Date.now() / 1000) + HOUR_S };
  const signed = [header, claims].map((part) => encoded(JSON.stringify(part))).join('.');
  return `${signed}.${createHmac(hash, secret).update(signed).digest('base64url')}`;
}

export function encoded(text: string): string {
  return Buffer.from(text).toString('base64url');
}
