import type { JournaledEvent, Progress, Session, Task } from '@creative-autogpt/protocol';

/** An event of the journal: each says which session it is about. */
export type SessionEvent = JournaledEvent & { readonly session_id: string };

/** Tells the whole of a session that is new. */
export function sessionCreated(session: Session): SessionEvent {
  return { event: 'session.update', session_id: session.id, data: session };
}

/**
 * Tells a change of a session. What may be large, and stays as it is in most changes, goes out only where it
 * has changed.
 */
export function sessionChanged(before: Session, session: Session): SessionEvent {
  const { goal, config, feedback, ...rest } = session;
  return {
    event: 'session.update',
    session_id: session.id,
    data: {
      ...rest,
      ...(goal !== before.goal && { goal }),
      ...(config !== before.config && { config }),
      ...(feedback !== before.feedback && { feedback }),
    },
  };
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
