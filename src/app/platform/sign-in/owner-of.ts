/**
 * The subject of a JSON Web Token, unverified: only to tell whether two are of one person. Null where there
 * is none.
 */
export function ownerOf(token: string): string | null {
  try {
    const payload = token.split('.')[1]?.replaceAll('-', '+').replaceAll('_', '/') ?? '';
    const claims: unknown = JSON.parse(
      new TextDecoder().decode(Uint8Array.from(atob(payload), (char) => char.charCodeAt(0))),
    );
    const subject: unknown = claims instanceof Object ? Reflect.get(claims, 'sub') : null;
    return typeof subject === 'string' ? subject : null;
  } catch {
    return null;
  }
}
