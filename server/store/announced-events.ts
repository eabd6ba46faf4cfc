import type { Progress, ServerEvent, Session, Task } from '@creative-autogpt/protocol';

export function sessionUpdate(session: Session): ServerEvent {
  return { event: 'session.update', session_id: session.id, data: session };
}

export function sessionDeleted(sessionId: string): ServerEvent {
  return { event: 'session.deleted', session_id: sessionId };
}

export function taskUpdate(task: Task): ServerEvent {
  return { event: 'task.update', session_id: task.session_id, data: task };
}

export function progressUpdate(sessionId: string, progress: Progress): ServerEvent {
  return { event: 'progress.update', session_id: sessionId, data: progress };
}
