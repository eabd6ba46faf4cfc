import { fieldOf } from '../realtime-message';

/**
 * When a JSON Web Token expires (RFC 7519, section 4.1.4), in milliseconds since the epoch; null for a token
 * that is no JWT or names no time. The signature is not verified: this decides when to ask for the next
 * token, nothing else.
 */
export function jwtExpiry(token: string): number | null {
  const payload = token.split('.')[1];
  if (!payload) {
    return null;
  }
  try {
    // RFC 7515 writes base64 for URLs. Letters beyond ASCII come out wrong, which does not matter to `exp`.
    const exp = fieldOf(JSON.parse(atob(payload.replace(/-/g, '+').replace(/_/g, '/'))), 'exp');
    return typeof exp === 'number' ? exp * 1_000 : null;
  } catch {
    return null;
  }
}
