import type { JournaledEvent, Progress, Session, Task } from '@creative-autogpt/protocol';

/** An event of the journal: each says which session it is about. */
export type SessionEvent = JournaledEvent & { readonly session_id: string };

export function sessionUpdate(session: Session): SessionEvent {
  return { event: 'session.update', session_id: session.id, data: session };
}

export function sessionDeleted(sessionId: string): SessionEvent {
  return { event: 'session.deleted', session_id: sessionId };
}

export function taskUpdate(task: Task): SessionEvent {
  return { event: 'task.update', session_id: task.session_id, data: task };
}

export function progressUpdate(sessionId: string, progress: Progress): SessionEvent {
  return { event: 'progress.update', session_id: sessionId, data: progress };
}
