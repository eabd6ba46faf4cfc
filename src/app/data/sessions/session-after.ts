import { Session } from '@creative-autogpt/protocol';
import * as v from 'valibot';

/**
 * A session after an update of some fields; undefined where the session is unknown and the update lacks
 * fields.
 */
export function sessionAfter(
  known: Session | undefined,
  fields: Partial<Session> & { readonly id: string },
): Session | undefined {
  if (known) {
    // A status that is told without `damaged` is that of a sound record.
    const mended = known.damaged && fields.status !== undefined ? { damaged: false } : {};
    return { ...known, ...mended, ...fields };
  }
  const whole = v.safeParse(Session, fields);
  return whole.success ? whole.output : undefined;
}
