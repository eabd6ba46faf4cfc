import type { Decision, NewFeedback, Session, SessionCommand, Task } from '@creative-autogpt/protocol';
import type { SessionControl } from '../ports/session-control';
import type { Stores } from '../ports/store';

/** Commands that only change what is stored: nothing is run. */
export class ScriptedControl implements SessionControl {
  constructor(private readonly stores: Stores) {}

  command(owner: string, sessionId: string, command: SessionCommand): Promise<Session> {
    return this.stores.of(owner).change(sessionId, (work) => {
      work[command]();
      return work.session;
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
