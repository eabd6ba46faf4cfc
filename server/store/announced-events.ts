import type { Progress, Session, Task } from '@creative-autogpt/protocol';
import type { AnnouncedEvent } from './journal/journal';

export function sessionUpdate(session: Session): AnnouncedEvent {
  return { event: 'session.update', session_id: session.id, data: session };
}

export function sessionDeleted(sessionId: string): AnnouncedEvent {
  return { event: 'session.deleted', session_id: sessionId };
}

export function taskUpdate(task: Task): AnnouncedEvent {
  return { event: 'task.update', session_id: task.session_id, data: task };
}

export function progressUpdate(sessionId: string, progress: Progress): AnnouncedEvent {
  return { event: 'progress.update', session_id: sessionId, data: progress };
}
