import type { Decision, NewFeedback, Session, SessionCommand, Task } from '@creative-autogpt/protocol';

/**
 * What a person may do with the sessions that are theirs. Each settles once the change is stored; the work
 * itself goes on behind it.
 *
 * @throws ServiceError `unknown_session`, `unknown_task`, or `invalid_state` where a status does not allow
 *   it.
 */
export interface SessionControl {
  /**
   * `start` plans a session that has no plan, then runs it from its first unfinished task; `pause` puts the
   * running task back and waits for `resume`; `stop` ends a running or paused session, which can be started
   * again.
   */
  command(owner: string, sessionId: string, command: SessionCommand): Promise<Session>;
  /** Decides about a text that waits for approval. */
  approve(owner: string, taskId: string, decision: Decision): Promise<Task>;
  /** Tells the author something about what it writes from then on. */
  giveFeedback(owner: string, sessionId: string, feedback: NewFeedback): Promise<Session>;
  /** Stops the session if it runs, then forgets it. */
  delete(owner: string, sessionId: string): Promise<void>;
}
