import { Session } from '@creative-autogpt/protocol';
import * as v from 'valibot';

/** What is kept of a session: what everybody may see of it, and how its runs are told apart. */
export const SessionRecord = v.looseObject({
  ...Session.entries,
  /** How often the session was set running, or set to go on; names what is to run. */
  launch: v.number(),
  /** Grows with each launch and each run: a run whose number is no longer this one is over. */
  run: v.number(),
});
export type SessionRecord = v.InferOutput<typeof SessionRecord>;

/** What everybody may see of a session. */
export function toSession({ launch: _launch, run: _run, ...session }: SessionRecord): Session {
  return session;
}
