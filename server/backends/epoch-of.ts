import { createHash } from 'node:crypto';
import { LOCAL_OWNER } from '../http/auth/owner';

/**
 * The epoch that an owner is told of, given that of the journals as they are stored: a position in one owner's journal is none
 * in that of another, so that who signs in as somebody else cannot take what was missed for what comes next.
 */
export function epochOf(owner: string, stored: string): string {
  if (owner === LOCAL_OWNER) {
    return stored;
  }
  return createHash('sha256').update(`${stored} ${owner}`).digest('base64url').slice(0, 22);
}
