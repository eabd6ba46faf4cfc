import {
  Session,
  type SessionDeleted,
  type SessionUpdate,
  type Subscribed,
} from '@creative-autogpt/protocol';
import * as v from 'valibot';

/** Everything the server says about sessions by itself. */
export type SessionEvent = SessionUpdate | SessionDeleted | Subscribed;

/** What a run of events comes to. A session is in at most one of the three. */
export interface SessionChanges {
  /** New and changed sessions, as they are after the last event. */
  readonly changed: ReadonlyMap<string, Session>;
  readonly gone: ReadonlySet<string>;
  /** Sessions of which only some fields were told, and nothing is known. */
  readonly unknown: ReadonlySet<string>;
}

/** Applies events, in order, over what is known. Nothing brings back a session that was deleted. */
export function sessionChanges(
  known: (id: string) => Session | undefined,
  events: readonly SessionEvent[],
): SessionChanges {
  const changed = new Map<string, Session>();
  const gone = new Set<string>();
  const unknown = new Set<string>();
  for (const event of events) {
    const id = event.session_id;
    if (id === undefined || gone.has(id)) {
      continue;
    }
    if (event.event === 'session.deleted') {
      changed.delete(id);
      unknown.delete(id);
      gone.add(id);
      continue;
    }
    const fields = event.event === 'subscribed' ? event.data?.session : event.data;
    if (!fields) {
      continue;
    }
    const session = withFields(changed.get(id) ?? known(id), { ...fields, id });
    if (session) {
      changed.set(id, session);
      unknown.delete(id);
    } else {
      unknown.add(id);
    }
  }
  return { changed, gone, unknown };
}

function withFields(
  session: Session | undefined,
  fields: Partial<Session> & { readonly id: string },
): Session | undefined {
  if (session) {
    // A status that is told without `damaged` is that of a sound record.
    const mended = session.damaged && fields.status !== undefined ? { damaged: false } : {};
    return { ...session, ...mended, ...fields };
  }
  const whole = v.safeParse(Session, fields);
  return whole.success ? whole.output : undefined;
}
