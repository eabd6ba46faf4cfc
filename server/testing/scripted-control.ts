import type {
  Decision,
  NewFeedback,
  Session,
  SessionCommand,
  SessionStatus,
  Task,
} from '@creative-autogpt/protocol';
import type { SessionControl } from '../ports/session-control';
import { ServiceError } from '../domain/service-error';
import type { Stores } from '../ports/store';

const STATUS_AFTER: Record<SessionCommand, SessionStatus> = {
  start: 'running',
  pause: 'paused',
  resume: 'running',
  stop: 'stopped',
};

/** Commands that only set the status of a session; one that has that status already refuses. */
export class ScriptedControl implements SessionControl {
  constructor(private readonly stores: Stores) {}

  command(owner: string, sessionId: string, command: SessionCommand): Promise<Session> {
    const status = STATUS_AFTER[command];
    return this.stores.of(owner).change(sessionId, (work) => {
      if (work.session.status === status) {
        throw new ServiceError('invalid_state', `The session is ${status} already.`);
      }
      return work.setStatus(status);
    });
  }

  async approve(owner: string, taskId: string, decision: Decision): Promise<Task> {
    const store = this.stores.of(owner);
    const { session_id: sessionId } = await store.findTask(taskId);
    return store.change(sessionId, (work) => work.decide(taskId, decision));
  }

  giveFeedback(
    owner: string,
    sessionId: string,
    { message, task_id: taskId }: NewFeedback,
  ): Promise<Session> {
    return this.stores.of(owner).change(sessionId, (work) => work.giveFeedback(message, taskId ?? null));
  }

  delete(owner: string, sessionId: string): Promise<void> {
    return this.stores.of(owner).deleteSession(sessionId);
  }
}
