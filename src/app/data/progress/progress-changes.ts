import type { Progress, ProgressUpdate, SessionDeleted, Subscribed } from '@creative-autogpt/protocol';

/** Everything the server says about progress by itself. */
export type ProgressEvent = ProgressUpdate | SessionDeleted | Subscribed;

/** Progress by the id of its session. */
export type ProgressBySession = ReadonlyMap<string, Progress>;

/**
 * Applies events, in order. Each tells the whole progress of its session, so it replaces what was known.
 *
 * @param openId session that an update is about which names none
 */
export function withEvents(
  known: ProgressBySession,
  events: readonly ProgressEvent[],
  openId: string | null,
): ProgressBySession {
  const progress = new Map(known);
  for (const event of events) {
    const id = event.session_id ?? openId;
    if (id === null) {
      continue;
    }
    if (event.event === 'session.deleted') {
      progress.delete(id);
    } else if (event.event === 'progress.update') {
      progress.set(id, event.data);
    } else if (event.data) {
      progress.set(id, event.data.progress);
    }
  }
  return progress;
}
