/** A token as a server makes it, signed by nobody. Another `serial` is another token of the same person. */
export function aToken(subject: string, serial = 1): string {
  return [{ alg: 'HS256' }, { sub: subject, exp: 4_000_000_000, jti: serial }, {}].map(part).join('.');
}

function part(json: object): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(JSON.stringify(json))))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '');
}
