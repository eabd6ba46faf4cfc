import { createHmac } from 'node:crypto';

/** Secret of the servers that these tests start with sign-in. */
export const AUTH_SECRET = 'a secret that only these tests use and that is long enough';

/** A token as `npm run token` makes it (HS256), for so many seconds. */
export function tokenFor(owner: string, seconds = 3600, secret = AUTH_SECRET): string {
  const now = Math.floor(Date.now() / 1000);
  const content = [
    { alg: 'HS256', typ: 'JWT' },
    { sub: owner, iat: now, exp: now + seconds },
  ]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.');
  return `${content}.${createHmac('sha256', secret).update(content).digest('base64url')}`;
}
